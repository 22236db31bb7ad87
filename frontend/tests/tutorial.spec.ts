import { test as base, expect, type Page } from '@playwright/test';
import { Reader, stepsOf, type Step } from './tutorial.ts';

const test = base.extend<{ reader: Reader }>({
  reader: async ({}, use) => {
    const reader = await Reader.start();
    await use(reader);
    await reader.end();
  },
});

async function says(page: Page, name: string, text: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Text').fill(text);
  await page.getByRole('button', { name: 'Say' }).click();
}

function expectAnswer(step: Step, answer: string): void {
  if (step.answer?.match(/^[[{]/)) {
    expect(JSON.parse(answer)).toEqual(JSON.parse(step.answer));
  } else if (step.answer) {
    expect(answer.split('\n')).toEqual(expect.arrayContaining(step.answer.trimEnd().split('\n')));
  }
}

test('the tutorial leads to a chat in which nothing is lost', async ({ reader, page: ann, context }) => {
  test.slow(); // Three servers start, one after the other.
  const bob = await context.newPage();
  const lines = (page: Page) => page.locator('#lines li');
  const done: string[] = [];

  for (const step of stepsOf('docs/tutorial.md')) {
    done.push(step.name || step.action);
    switch (step.action === 'file' ? 'file' : step.name) {
      case 'file':
        reader.write(step);
        break;
      case 'build':
        reader.putJar();
        break;
      case 'server':
        await reader.startServer(step);
        break;
      case 'key':
        reader.putKey();
        break;
      case 'stop':
        await reader.stopServer('SIGTERM');
        break;
      case 'talk':
        for (const page of [ann, bob]) {
          await page.goto(`${reader.url}/room`);
          await expect(page.locator('#state')).toHaveText('Connected');
        }
        await says(ann, 'Ann', 'Hello');
        await expect(lines(bob)).toHaveText(['Ann: Hello']);
        await says(bob, 'Bob', '<b>Hi</b>');
        await expect(lines(ann)).toHaveText(['Ann: Hello', 'Bob: <b>Hi</b>']);
        break;
      case 'kill':
        await reader.stopServer('SIGKILL');
        await expect(bob.locator('#state')).toHaveText('Connecting');
        break;
      case 'history':
        await expect(bob.locator('#state')).toHaveText('Connected');
        await says(bob, 'Bob', 'Still here');
        for (const page of [ann, bob]) {
          await expect(lines(page)).toHaveText(['Ann: Hello', 'Bob: <b>Hi</b>', 'Bob: Still here']);
        }
        expectAnswer(step, await reader.run(step));
        break;
      case '':
        expectAnswer(step, await reader.run(step));
        break;
      default:
        throw new Error(`Nobody knows how to do '${step.name}'`);
    }
  }

  expect(done).toEqual(
    expect.arrayContaining(['build', 'key', 'Chat.java', 'pages/room.js', 'talk', 'kill', 'history']),
  );
});
