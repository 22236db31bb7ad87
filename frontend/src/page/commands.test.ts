import { expect, test } from 'vitest';
import { commands } from './commands.ts';

test('every way to reach the page has its line', () => {
  expect(commands('http://localhost:8080/', 'scores', 'page-1').split('\n')).toEqual([
    "curl -H 'Content-Type: text/plain' -d 'Hello' 'http://localhost:8080/broadcast'",
    "curl -H 'Content-Type: text/plain' -d 'Hello' 'http://localhost:8080/send?session=page-1'",
    `curl -H "Authorization: Bearer $KEY" -H 'Content-Type: text/plain' -d 'Hello' 'http://localhost:8080/api/topics/scores/publications'`,
  ]);
});

test('what was typed cannot leave its quotes', () => {
  expect(commands('http://localhost:8080/', "a'; rm -rf '", 's')).toContain("/a'\\''%3B%20rm%20-rf%20'\\''/");
});
