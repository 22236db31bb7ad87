import type { TokenProvider, TokenReason } from './types.ts';

const PATIENCE = 30_000;

/** Asks for tokens, and knows whether asking again can help. */
export class Tokens {
  private readonly provider: TokenProvider | undefined;
  private readonly fixed: string | undefined;

  constructor(token: string | TokenProvider | undefined) {
    this.provider = typeof token === 'function' ? token : undefined;
    this.fixed = typeof token === 'string' ? token : undefined;
  }

  /** Whether another one can be had. */
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
