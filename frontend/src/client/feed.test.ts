import { beforeEach, expect, test, vi } from 'vitest';
import { FanfareError } from './error.ts';
import { Feed } from './feed.ts';
import type { Gap, SubscribeOptions, Subscribed } from './types.ts';

let heard: (string | undefined)[];
let gaps: Gap[];
let lives: Subscribed[];

function feed(options: SubscribeOptions = {}, leave = () => {}): Feed {
  [heard, gaps, lives] = [[], [], []];
  return new Feed(
    '/topic/scores',
    {
      onPublication: ({ position }) => heard.push(position),
      onGap: (gap) => gaps.push(gap),
      onLive: (subscribed) => lives.push(subscribed),
      ...options,
    },
    leave,
  );
}

function message(position: string) {
  return { command: 'MESSAGE', headers: { destination: '/topic/scores', 'message-id': position } };
}

let scores: Feed;

beforeEach(() => {
  scores = feed();
});

test('it begins where it was told, and goes on where it was', () => {
  scores = feed({ replay: 'last=50' });
  expect(scores.start()).toEqual({ destination: '/topic/scores', replay: 'last=50' });

  scores.deliver(message('a:7'));

  expect(scores.start()).toEqual({ destination: '/topic/scores', 'resume-after': 'a:7' });
  expect(feed({ resume: 'a:3', replay: 'all' }).start()).toEqual({
    destination: '/topic/scores',
    'resume-after': 'a:3',
  });
});

test('one that has heard nothing goes on where the topic stood', () => {
  scores.start();
  scores.started({ recovered: 'true', position: 'a:4', replayed: '0' });

  expect(scores.start()).toMatchObject({ 'resume-after': 'a:4' });
  expect(lives).toEqual([{ recovered: true, position: 'a:4', replayed: 0 }]);
});

test('nothing is passed on twice', () => {
  scores.start();
  ['a:1', 'a:2'].forEach((position) => scores.deliver(message(position)));
  scores.start();
  ['a:1', 'a:2', 'a:3'].forEach((position) => scores.deliver(message(position)));

  expect(heard).toEqual(['a:1', 'a:2', 'a:3']);
  expect(gaps).toEqual([]);
});

test('a gap is told once, before what comes after it', () => {
  scores.start();
  scores.deliver(message('a:1'));
  const order: string[] = [];
  scores = feed({
    resume: 'a:1',
    onGap: ({ after, position }) => order.push(`${after} to ${position}`),
    onPublication: ({ position }) => order.push(`${position}`),
  });
  scores.start();

  scores.deliver(message('a:60'));
  scores.started({ recovered: 'false', position: 'a:60', replayed: '1' });

  expect(order).toEqual(['a:1 to a:60', 'a:60']);
});

test('a gap with nothing after it is told by the receipt, and so is a new epoch', () => {
  scores = feed({ resume: 'a:1' });
  scores.start();
  scores.started({ recovered: 'false', position: 'b:0', replayed: '0' });
  scores.deliver(message('b:1'));

  expect(gaps).toEqual([{ after: 'a:1', position: 'b:0' }]);
  expect(heard).toEqual(['b:1']);
});

test('a replay that is not complete is no gap', () => {
  scores = feed({ replay: 'all' });
  scores.start();
  scores.deliver(message('a:5'));
  scores.started({ recovered: 'false', position: 'a:5', replayed: '1' });

  expect(gaps).toEqual([]);
  expect(lives).toMatchObject([{ recovered: false }]);
});

test('who may not read histories goes on without them, and is told what was missed', () => {
  scores.start();
  scores.deliver(message('a:1'));
  scores.start();

  expect(scores.refused(new FanfareError('access-denied', 'No history'))).toBe(0);
  expect(scores.start()).toEqual({ destination: '/topic/scores' });
  scores.started({ recovered: 'true', position: 'a:4', replayed: '0' });

  expect(gaps).toEqual([{ after: 'a:1', position: 'a:4' }]);
});

test('a refusal ends it, once and for all', async () => {
  const onError = vi.fn();
  scores = feed({ onError });
  scores.start();
  const error = new FanfareError('access-denied', 'No');

  expect(scores.refused(error)).toBeUndefined();
  scores.deliver(message('a:1'));

  expect(onError).toHaveBeenCalledExactlyOnceWith(error);
  await expect(scores.live).rejects.toBe(error);
  expect(heard).toEqual([]);
});

test('a refusal for a time is no refusal', () => {
  const onError = vi.fn();
  scores = feed({ onError });

  expect(scores.refused(new FanfareError('storage-failed', 'Disk', 1.5))).toBeGreaterThanOrEqual(1500);
  expect(onError).not.toHaveBeenCalled();
});

test('what is refused for a moment again and again is asked for less and less often, until it is live', () => {
  const random = vi.spyOn(Math, 'random').mockReturnValue(1);
  const refused = () => scores.refused(new FanfareError('too-many-subscriptions', 'Later', 0));

  expect([refused(), refused(), refused()]).toEqual([250, 1000, 2000]);
  scores.started({});
  expect(refused()).toBe(250);
  random.mockRestore();
});

test('ended by the application, it says nothing more', async () => {
  const leave = vi.fn();
  scores = feed({}, leave);

  scores.unsubscribe();
  scores.unsubscribe();
  scores.deliver(message('a:1'));

  expect(leave).toHaveBeenCalledOnce();
  expect(heard).toEqual([]);
  await expect(scores.live).rejects.toMatchObject({ type: 'unsubscribed' });
});

test('what a listener throws does not stop the next publication', () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  scores = feed({
    onPublication: ({ position }) => {
      heard.push(position);
      throw new Error('Broken page');
    },
  });

  scores.deliver(message('a:1'));
  scores.deliver(message('a:2'));

  expect(heard).toEqual(['a:1', 'a:2']);
  expect(told).toHaveBeenCalledTimes(2);
  told.mockRestore();
});
