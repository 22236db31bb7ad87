import type { Browser, BrowserContext, Locator, Page } from '@playwright/test';
import { WebSocket } from 'ws';
import { connect } from '../src/client/index.ts';
import { randomSecret } from '../src/shared/visitor.ts';
import type { Server } from './server.ts';
import { expect, test as base } from './visitor.ts';

/** Somebody in a browser of their own who talks. */
export class Chatter {
  constructor(
    readonly page: Page,
    readonly server: Server,
    readonly name: string,
  ) {}

  get context(): BrowserContext {
    return this.page.context();
  }

  async enters(room: string): Promise<this> {
    await this.page.goto(`${this.server.url}/chat/${encodeURIComponent(room)}`);
    await expect(this.timeline).toHaveAttribute('aria-busy', 'false');
    await this.page.getByTestId('name').fill(this.name);
    return this;
  }

  async says(...texts: string[]): Promise<void> {
    for (const text of texts) {
      await this.page.getByTestId('text').fill(text);
      await this.page.getByTestId('text').press('Enter');
    }
  }

  /** Expect exactly these texts, in this order, whoever said them. */
  async sees(...texts: string[]): Promise<void> {
    await expect(this.messages.locator('.body')).toHaveText(texts);
  }

  async cuts(): Promise<void> {
    await this.page.getByTestId('cut').click();
  }

  async isConnected(): Promise<void> {
    await expect(this.state).toHaveText('Connected');
  }

  get state(): Locator {
    return this.page.getByTestId('state');
  }

  get timeline(): Locator {
    return this.page.getByTestId('timeline');
  }

  get messages(): Locator {
    return this.page.getByTestId('messages').locator('li.message');
  }

  message(text: string): Locator {
    return this.messages.filter({ hasText: text });
  }

  get problem(): Locator {
    return this.page.getByTestId('problem');
  }
}

/** Say so much in a room, without a page. */
export async function fill(server: Server, room: string, texts: string[], name = 'Grace'): Promise<void> {
  const client = connect(`ws://${server.host}/ws`, { webSocket: WebSocket });
  const headers = { visitor: randomSecret() };
  for (const text of texts) {
    const id = randomSecret();
    await client.send(`/app/chat/${room}/say`, { id, name, text }, { headers, idempotencyKey: id });
  }
  await client.close();
}

/** What a room's topic has, read by HTTP. */
export async function log(server: Server, room: string): Promise<{ kind: string; text: string }[]> {
  const answer = await fetch(`${server.url}/api/topics/chat.${room}/publications?limit=1000`);
  return ((await answer.json()) as { json: { kind: string; text: string } }[]).map(({ json }) => json);
}

/** What the server of these tests is started with: nobody talks too fast for it. */
export const UNHURRIED = ['--fanfare.demo.chat.rate=0'];

interface Fixtures {
  /** A room that nobody was in. */
  room: string;
  /** Brings somebody with a browser of their own. */
  chatter: (name: string, on?: Server) => Promise<Chatter>;
}

export const test = base.extend<Fixtures>({
  room: async ({}, use, { testId }) => {
    await use(`room-${testId.slice(-12)}`);
  },
  chatter: async ({ browser, server, contextOptions }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (name, on = server) => {
      const context = await newContext(browser, contextOptions);
      contexts.push(context);
      return new Chatter(await context.newPage(), on, name);
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

function newContext(browser: Browser, options: object): Promise<BrowserContext> {
  return browser.newContext(options);
}

export { expect };
