import type { Tokens } from '../tokens.ts';
import type { TokenReason } from '../types.ts';
import type { Reply } from './hub.ts';
import type { ToHub } from './messages.ts';

/** How long one tab has, before another is asked: the half minute of its provider, and the way there and back. */
const PATIENCE = 31_000;

type Answer = Extract<ToHub, { type: 'token' }>;

interface Question {
  tab: string;
  done: (answer: Answer | undefined) => void;
}

/** Has the tabs' applications give tokens, the one that joined last first: it is most likely the one that is looked at. */
export class TabTokens implements Tokens {
  renewable = false;
  private readonly tabs: ReadonlyMap<string, { reply: Pick<Reply, 'post'> }>;
  /** One at a time for each {@link get}. */
  private readonly waiting = new Map<number, Question>();
  private count = 0;

  constructor(tabs: ReadonlyMap<string, { reply: Pick<Reply, 'post'> }>) {
    this.tabs = tabs;
  }

  async get(reason: TokenReason): Promise<string | undefined> {
    let failure = 'No tab gives a token';
    for (const [tab, { reply }] of [...this.tabs].reverse()) {
      if (!this.tabs.has(tab)) {
        continue; // It left while another was asked.
      }
      const answer = await this.ask(tab, reply, reason);
      if (answer && answer.failure === undefined) {
        return answer.token;
      }
      failure = answer?.failure ?? failure;
    }
    throw new Error(failure);
  }

  answered(answer: Answer): void {
    this.waiting.get(answer.id)?.done(answer);
  }

  /** Note that a tab is gone: another is asked in its place. */
  left(tab: string): void {
    this.waiting.forEach((question) => question.tab === tab && question.done(undefined));
  }

  private ask(tab: string, reply: Pick<Reply, 'post'>, reason: TokenReason): Promise<Answer | undefined> {
    const id = ++this.count;
    return new Promise((resolve) => {
      const done = (answer: Answer | undefined) => {
        clearTimeout(timer);
        this.waiting.delete(id);
        resolve(answer);
      };
      const timer = setTimeout(() => done(undefined), PATIENCE);
      this.waiting.set(id, { tab, done });
      reply.post({ type: 'token', id, reason });
    });
  }
}
