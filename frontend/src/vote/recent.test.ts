import { expect, test } from 'vitest';
import { recentPolls, rememberPoll } from './recent.ts';

function memory(content?: string) {
  let value = content ?? null;
  return { getItem: () => value, setItem: (_: string, given: string) => void (value = given) };
}

test('the newest polls are remembered, each once', () => {
  const kept = memory();
  for (let number = 1; number <= 10; number++) {
    rememberPoll({ id: `p${number}`, question: '?' }, kept);
  }
  rememberPoll({ id: 'p9', question: 'again' }, kept);

  expect(recentPolls(kept).map(({ id }) => id)).toEqual(['p9', 'p10', 'p8', 'p7', 'p6', 'p5', 'p4', 'p3']);
  expect(recentPolls(kept)[0]).toEqual({ id: 'p9', question: 'again' });
});

test.each(['no JSON', '{}', 'null', '[1,null,{"id":2}]'])('%s that was kept is nothing', (content) => {
  expect(recentPolls(memory(content))).toEqual([]);
});

test('a browser that keeps nothing shows none', () => {
  const fail = () => {
    throw new DOMException('no storage', 'SecurityError');
  };

  rememberPoll({ id: 'p', question: '?' }, { getItem: fail, setItem: fail });

  expect(recentPolls({ getItem: fail })).toEqual([]);
});
