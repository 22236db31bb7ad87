import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { OPEN, Server } from './server.ts';

/** Somebody who looks at the page and uses it. */
export class Visitor {
  constructor(
    readonly page: Page,
    readonly server: Server,
  ) {}

  async visits(path = '/'): Promise<this> {
    await this.page.goto(this.server.url + path);
    return this;
  }

  /** Visit, and wait until the server has confirmed what the page subscribes to by itself. */
  async connects(): Promise<this> {
    await this.visits();
    await this.isConnected();
    return this;
  }

  async isConnected(): Promise<void> {
    await expect(this.state).toHaveText('Connected');
    await this.isSubscribed('/topic/broadcast', '/user/queue/send');
  }

  async isSubscribed(...destinations: string[]): Promise<void> {
    for (const destination of destinations) {
      await expect(this.subscription(destination)).toContainText('subscribed');
    }
  }

  async subscribes(topic: string): Promise<void> {
    await this.page.getByTestId('subscribe-topic').fill(topic);
    await this.page.getByTestId('subscribe').click();
  }

  async choosesBare(path: string): Promise<void> {
    await this.page.locator(`input[name=path][value="${path}"]`).check();
    await expect(this.state).toHaveText('Disconnected');
    await this.page.getByTestId('toggle').click();
    await expect(this.state).toHaveText('Connected');
  }

  async types(text: string): Promise<void> {
    await this.page.getByTestId('message-text').fill(text);
  }

  async presses(button: 'send' | 'broadcast' | 'publish' | 'toggle' | 'clear'): Promise<void> {
    await this.page.getByTestId(button).click();
  }

  get state(): Locator {
    return this.page.getByTestId('state');
  }

  subscription(destination: string): Locator {
    return this.page.getByTestId('subscriptions').getByRole('listitem').filter({ hasText: destination });
  }

  events(kind: 'open' | 'message' | 'close' | 'error', direction?: 'in' | 'out'): Locator {
    const from = direction ? `[data-direction=${direction}]` : '';
    return this.page.getByTestId('log').locator(`li[data-kind=${kind}]${from}`);
  }

  received(text: string): Locator {
    return this.events('message', 'in').filter({ hasText: text });
  }
}

interface Fixtures {
  visitor: Visitor;
  anotherVisitor: Visitor;
  /** Starts a server for this test alone. */
  launch: (...settings: string[]) => Promise<Server>;
}

interface WorkerFixtures {
  /** What the server that tests share is started with. */
  settings: string[];
  server: Server;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  settings: [[], { option: true, scope: 'worker' }],
  server: [
    async ({ settings }, use) => {
      const server = new Server([...OPEN, ...settings]);
      await server.start();
      await use(server);
      await server.remove();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  visitor: async ({ page, server }, use) => {
    await use(new Visitor(page, server));
  },
  anotherVisitor: async ({ context, server }, use) => {
    await use(new Visitor(await context.newPage(), server));
  },
  launch: async ({}, use) => {
    const servers: Server[] = [];
    await use(async (...settings) => {
      const server = new Server(settings);
      servers.push(server);
      await server.start();
      return server;
    });
    await Promise.all(servers.map((server) => server.remove()));
  },
});

export { expect };
