import { expect, test } from 'vitest';
import { Routes } from './routes.ts';

const subscribe = (id: string) => ({ command: 'SUBSCRIBE', headers: { id, receipt: `start:${id}` } });
const unsubscribe = (id: string) => ({ command: 'UNSUBSCRIBE', headers: { id, receipt: `end:${id}` } });
const message = (subscription: string) => ({ command: 'MESSAGE', headers: { subscription } });
const receipt = (id: string | undefined) => ({ command: 'RECEIPT', headers: { 'receipt-id': id ?? '' } });

test('two tabs that choose the same ids do not meet on the wire', () => {
  const routes = new Routes();

  const one = routes.out('one', subscribe('scores'))?.headers;
  const two = routes.out('two', subscribe('scores'))?.headers;

  expect([one?.['id'], two?.['id']]).toEqual(['scores', 'scores#2']);
  expect(one?.['receipt']).not.toBe(two?.['receipt']);
  expect(routes.in(message('scores#2'))).toEqual({ tab: 'two', frame: message('scores') });
  expect(routes.in(receipt(one?.['receipt']))).toEqual({ tab: 'one', frame: receipt('start:scores') });
});

test('a subscription that is asked for again keeps its id', () => {
  const routes = new Routes();
  routes.out('one', subscribe('scores'));

  expect(routes.out('one', subscribe('scores'))?.headers['id']).toBe('scores');
});

test('an id is free when the server has confirmed its end', () => {
  const routes = new Routes();
  routes.out('one', subscribe('scores'));
  const end = routes.out('one', unsubscribe('scores'))?.headers;
  expect(routes.out('two', subscribe('scores'))?.headers['id']).toBe('scores#2');

  routes.in(receipt(end?.['receipt']));

  expect(routes.in(message('scores'))).toBeUndefined();
  expect(routes.out('three', subscribe('scores'))?.headers['id']).toBe('scores');
});

test('what is refused for good is forgotten, what is refused for a time keeps its id', () => {
  const routes = new Routes();
  const refuse = (id: string, headers = {}) => {
    const { receipt = '' } = routes.out('one', subscribe(id))?.headers ?? {};
    routes.in({ command: 'ERROR', headers: { 'receipt-id': receipt, ...headers } });
  };
  refuse('secret');
  refuse('full', { 'retry-after': '1' });

  expect(routes.out('two', subscribe('secret'))?.headers['id']).toBe('secret');
  expect(routes.out('two', subscribe('full'))?.headers['id']).toBe('full#2');
});

test('who ends what was refused does not end what another tab has under that id by now', () => {
  const routes = new Routes();
  const begun = routes.out('one', subscribe('scores'))?.headers['receipt'];
  const ended = routes.out('one', unsubscribe('scores'))?.headers['receipt'];
  routes.in({ command: 'ERROR', headers: { 'receipt-id': begun ?? '' } });
  routes.out('two', subscribe('scores'));

  routes.in({ command: 'ERROR', headers: { 'receipt-id': ended ?? '' } });

  expect(routes.in(message('scores'))?.tab).toBe('two');
});

test('a tab that goes leaves nothing subscribed', () => {
  const routes = new Routes();
  routes.out('one', subscribe('scores'));
  routes.out('two', subscribe('scores'));
  routes.out('one', subscribe('news'));

  expect(routes.leave('one').map(({ command, headers }) => [command, headers['id']])).toEqual([
    ['UNSUBSCRIBE', 'scores'],
    ['UNSUBSCRIBE', 'news'],
  ]);
  expect(routes.leave('nobody')).toEqual([]);
});

test('what is not there is neither ended nor answered', () => {
  const routes = new Routes();

  expect(routes.out('one', unsubscribe('scores'))).toBeUndefined();
  expect(routes.in(receipt('7'))).toBeUndefined();
  expect(routes.in(message('server:scores'))).toBeUndefined();
});

test('an answer comes once', () => {
  const routes = new Routes();
  const sent = routes.out('one', { command: 'SEND', headers: { receipt: 'send-1' } })?.headers['receipt'];

  expect(routes.in(receipt(sent))).toEqual({ tab: 'one', frame: receipt('send-1') });
  expect(routes.in(receipt(sent))).toBeUndefined();
});
