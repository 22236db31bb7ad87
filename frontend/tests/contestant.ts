import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Locator, Page } from '@playwright/test';
import { expect } from './visitor.ts';
import type { Server } from './server.ts';

interface Question {
  text: { en: string; zh: string };
  choices: { en: string; zh: string }[];
}

const questions = JSON.parse(
  readFileSync(new URL('../../src/main/resources/dev/fanfare/demo/game/questions.json', import.meta.url), 'utf8'),
) as Question[];

/** Somebody who plays the quiz in a browser of their own. */
export class Contestant {
  private constructor(
    readonly page: Page,
    private readonly server: Server,
  ) {}

  static async comes(browser: Browser, server: Server, options: BrowserContextOptions = {}): Promise<Contestant> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', ...options });
    return new Contestant(await context.newPage(), server);
  }

  async creates(name: string, rounds = '5'): Promise<string> {
    await this.page.goto(`${this.server.url}/game`);
    await this.page.getByTestId('name').fill(name);
    await this.page.getByTestId('rounds').selectOption(rounds);
    await this.page.getByTestId('create').click();
    await expect(this.page.getByTestId('own-code')).toHaveText(/^[2-9A-HJ-NP-Z]{6}$/);
    return (await this.page.getByTestId('own-code').textContent()) ?? '';
  }

  async visits(code: string): Promise<this> {
    await this.page.goto(`${this.server.url}/game/${code}`);
    await expect(this.page.getByTestId('own-code')).toHaveText(code.toUpperCase());
    return this;
  }

  async sits(name: string): Promise<this> {
    await this.page.getByTestId('seat-name').fill(name);
    await this.page.getByTestId('join').click();
    await expect(this.line(name)).toBeVisible();
    return this;
  }

  async presses(button: 'start' | 'again' | 'buzzer' | 'quick' | 'cut' | 'join'): Promise<void> {
    await this.page.getByTestId(button).click();
  }

  async sees(phase: string | RegExp): Promise<void> {
    await expect(this.page.getByTestId('phase')).toHaveText(phase);
  }

  /** Wait until the buzzers are open for a question. */
  async mayBuzz(round: number): Promise<void> {
    await expect(this.page.getByTestId('progress')).toHaveText(new RegExp(`^Question ${round} of`));
    await expect(this.page.getByTestId('buzzer')).toBeEnabled();
  }

  /** The answers by whether they are right, once there is a question. */
  async answers(isRight: boolean): Promise<Locator> {
    const asked = await this.page.getByTestId('question').textContent();
    const right = questions.find(({ text }) => text.en === asked || text.zh === asked)?.choices[0];
    const all = this.page.locator('.answer');
    for (let at = 0; at < 4; at++) {
      const text = await all.nth(at).locator('.text').textContent();
      if ((text === right?.en || text === right?.zh) === isRight) {
        return all.nth(at);
      }
    }
    throw new Error(`The page shows no such answer to '${asked}'`);
  }

  async choosesRight(): Promise<void> {
    await (await this.answers(true)).click();
  }

  async choosesWrong(): Promise<void> {
    await (await this.answers(false)).click();
  }

  line(name: string): Locator {
    return this.page.getByTestId('scores').getByRole('listitem').filter({ hasText: name });
  }

  get buzzes(): Locator {
    return this.page.getByTestId('queue').getByRole('listitem');
  }

  get notice(): Locator {
    return this.page.getByTestId('notice');
  }

  async goes(): Promise<void> {
    await this.page.context().close();
  }
}
