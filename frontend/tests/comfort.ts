import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { expect } from './visitor.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Expect that nothing on the page, as it is now, is in the way of anybody: contrast, names, roles, order. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;

  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
}

/** Make the window a phone's, before or after the visit. */
export async function asOnAPhone(page: Page): Promise<void> {
  await page.setViewportSize({ width: 360, height: 740 });
}

/** Expect that nothing is wider than the window. */
export async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const { wanted, given } = await page.evaluate(() => ({
    wanted: document.documentElement.scrollWidth,
    given: document.documentElement.clientWidth,
  }));

  expect(wanted).toBeLessThanOrEqual(given);
}

/** Measure from the first moment on how far things move by themselves; to be called before the visit. */
export async function watchLayout(page: Page): Promise<() => Promise<void>> {
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!shift.hadRecentInput) {
          const before = Number(document.documentElement.dataset['shift'] ?? 0);
          document.documentElement.dataset['shift'] = String(before + shift.value);
        }
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return async () => {
    // Shifts are reported with the next frame of the screen.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const shift = Number((await page.locator('html').getAttribute('data-shift')) ?? 0);

    expect(shift).toBeLessThan(0.02);
  };
}

/** Collect what the browser complains about (its console, errors of scripts, requests to elsewhere). */
export function watchComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (!['data:', 'blob:'].includes(protocol) && hostname !== 'localhost') {
      complaints.push(`Asked elsewhere: ${request.url()}`);
    }
  });
  return complaints;
}

/** Press Tab until the element with this test id has the focus. */
export async function tabTo(page: Page, testId: string): Promise<void> {
  const target = page.getByTestId(testId);
  await expect(async () => {
    await page.keyboard.press('Tab');
    expect(await target.evaluate((element) => element === document.activeElement)).toBe(true);
  }).toPass({ intervals: [0] });
}
