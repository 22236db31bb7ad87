import type { TokenProvider, TokenReason } from './types.ts';

const PATIENCE = 30_000;

/** Where tokens come from. */
export interface Tokens {
  /** Whether another one can be had. */
  readonly renewable: boolean;
  /** Rejects if there is none; `undefined` is a guest. */
  get(reason: TokenReason): Promise<string | undefined>;
}

/** What the application gave. */
export class GivenTokens implements Tokens {
  private readonly provider: TokenProvider | undefined;
  private readonly fixed: string | undefined;

  constructor(token: string | TokenProvider | undefined) {
    this.provider = typeof token === 'function' ? token : undefined;
    this.fixed = typeof token === 'string' ? token : undefined;
  }

  get renewable(): boolean {
    return this.provider !== undefined;
  }

  /** Rejects if there is none within half a minute. */
  async get(reason: TokenReason): Promise<string | undefined> {
    if (!this.provider) {
      return this.fixed;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('The token provider gave nothing within 30 s')), PATIENCE);
    });
    try {
      return await Promise.race([this.provider(reason), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
