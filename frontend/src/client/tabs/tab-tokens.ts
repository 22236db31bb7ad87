import type { Tokens } from '../tokens.ts';
import type { TokenReason } from '../types.ts';
import type { ToHub, ToTab } from './messages.ts';

/** How long one tab has, before another is asked. */
const PATIENCE = 10_000;

type Answer = Extract<ToHub, { type: 'token' }>;

/** Has the tabs' applications give tokens, the one that joined last first: it is most likely the one that is looked at. */
export class TabTokens implements Tokens {
  renewable = false;
  private readonly tabs: ReadonlyMap<string, { reply: (message: ToTab) => void }>;
  /** One at a time for each {@link get}. */
  private readonly waiting = new Map<number, (answer: Answer | undefined) => void>();
  private count = 0;

  constructor(tabs: ReadonlyMap<string, { reply: (message: ToTab) => void }>) {
    this.tabs = tabs;
  }

  async get(reason: TokenReason): Promise<string | undefined> {
    let failure = 'No tab gives a token';
    for (const [, tab] of [...this.tabs].reverse()) {
      const answer = await this.ask(tab.reply, reason);
      if (answer && answer.failure === undefined) {
        return answer.token;
      }
      failure = answer?.failure ?? failure;
    }
    throw new Error(failure);
  }

  answered(answer: Answer): void {
    this.waiting.get(answer.id)?.(answer);
  }

  private ask(reply: (message: ToTab) => void, reason: TokenReason): Promise<Answer | undefined> {
    const id = ++this.count;
    return new Promise((resolve) => {
      const done = (answer: Answer | undefined) => {
        clearTimeout(timer);
        this.waiting.delete(id);
        resolve(answer);
      };
      const timer = setTimeout(() => done(undefined), PATIENCE);
      this.waiting.set(id, done);
      reply({ type: 'token', id, reason });
    });
  }
}
