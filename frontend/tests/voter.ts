import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Locator, Page } from '@playwright/test';
import jsQR from 'jsqr';
import type { Server } from './server.ts';
import { expect } from './visitor.ts';

export interface Asked {
  question: string;
  options: string[];
  kind?: 'single' | 'multiple' | 'rating';
  shown?: 'always' | 'after-voting' | 'after-close';
  most?: number;
}

/** Somebody with a browser of their own who takes part in votes. */
export class Voter {
  private constructor(
    readonly page: Page,
    private readonly server: Server,
  ) {}

  static async comes(browser: Browser, server: Server, options: BrowserContextOptions = {}): Promise<Voter> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    return new Voter(await context.newPage(), server);
  }

  async visits(path = ''): Promise<this> {
    await this.page.goto(`${this.server.url}/vote${path}`);
    return this;
  }

  /** Visit a poll and wait until it is there. */
  async joins(poll: string): Promise<this> {
    await this.visits(`/${poll}`);
    await expect(this.at('question-text')).not.toBeEmpty();
    return this;
  }

  /** Open a poll and return its id. */
  async opens({ question, options, kind = 'single', shown = 'always', most }: Asked): Promise<string> {
    await this.visits();
    await this.at('question').fill(question);
    const inputs = this.at('options').locator('input');
    for (const [index, option] of options.entries()) {
      if (index >= (await inputs.count())) {
        await this.at('add-option').click();
      }
      await inputs.nth(index).fill(option);
    }
    await this.page.locator(`input[name=kind][value=${kind}]`).check();
    await this.at('shown').selectOption(shown);
    if (most !== undefined) {
      await this.at('most').fill(String(most));
    }
    await this.at('open').click();
    await expect(this.at('question-text')).toHaveText(question);
    return new URL(this.page.url()).pathname.split('/').pop() as string;
  }

  /** Mark an option, with stars where they are asked for. */
  async marks(option: string, stars?: number): Promise<void> {
    const form = this.at('cast-form');
    if (stars === undefined) {
      await form.getByLabel(option, { exact: true }).check();
    } else {
      await form.getByRole('group', { name: option }).getByRole('radio').nth(stars).check();
    }
  }

  async casts(): Promise<void> {
    await this.at('cast').click();
  }

  async votesFor(option: string): Promise<void> {
    await this.marks(option);
    await this.casts();
  }

  /** Wait for the receipt of a vote with this number. */
  async hasReceipt(number: number): Promise<void> {
    await expect(this.at('receipt')).toHaveText(`Your vote is no. ${number}`);
  }

  /** Wait until the bars stand for so many ballots each. */
  async sees(...ballots: number[]): Promise<void> {
    await expect
      .poll(() => this.bars.evaluateAll((bars) => bars.map((bar) => Number((bar as HTMLElement).dataset['ballots']))))
      .toEqual(ballots);
  }

  /** Note from now on whatever is shown of the number of voters. */
  async watches(testId: string): Promise<() => Promise<number[]>> {
    await this.at(testId).evaluate((element) => {
      const seen: string[] = [element.textContent ?? ''];
      new MutationObserver(() => seen.push(element.textContent ?? '')).observe(element, {
        childList: true,
        characterData: true,
        subtree: true,
      });
      Object.assign(globalThis, { seen });
    });
    return async () => {
      const seen = (await this.page.evaluate('globalThis.seen')) as string[];
      return seen.map((text) => Number.parseInt(text, 10));
    };
  }

  /** Read the QR code as a camera would. */
  async reads(testId: string): Promise<string | undefined> {
    const picture = await this.at(testId).evaluate((place) =>
      new XMLSerializer().serializeToString(place.querySelector('svg') as SVGElement),
    );
    // In an empty page, as this one's policy lets no picture be loaded from its own text.
    const camera = await this.page.context().newPage();
    const pixels = await camera.evaluate(async (svg) => {
      const image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(svg.replace('<svg', '<svg width="400" height="400"'))}`;
      await image.decode();
      const canvas = new OffscreenCanvas(400, 400).getContext('2d') as OffscreenCanvasRenderingContext2D;
      canvas.drawImage(image, 0, 0);
      return [...canvas.getImageData(0, 0, 400, 400).data];
    }, picture);
    await camera.close();
    return jsQR(Uint8ClampedArray.from(pixels), 400, 400)?.data;
  }

  /** Download a table and return its lines. */
  async downloads(testId: 'results-table' | 'votes-table'): Promise<string[]> {
    const coming = this.page.waitForEvent('download');
    await this.at(testId).click();
    const stream = await (await coming).createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks).toString('utf8').trimEnd().split('\r\n');
  }

  /** Keep a picture; those of the docs are replaced when asked for. */
  async photographs(name: string): Promise<void> {
    for (const folder of ['target', ...(process.env['UPDATE_DOCS'] === '1' ? ['docs/images'] : [])]) {
      const path = fileURLToPath(new URL(`../../${folder}/${name}.png`, import.meta.url));
      await this.page.screenshot({ path, animations: 'disabled' });
    }
  }

  at(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  private get bars(): Locator {
    return this.page.locator('.bars:visible > li');
  }
}
