import { expect, test } from 'vitest';
import { destinationOf, topicOf } from './destination.ts';

test('a name is a topic', () => {
  expect(destinationOf('scores')).toBe('/topic/scores');
});

test('a destination stays what it is', () => {
  expect(destinationOf('/user/queue/send')).toBe('/user/queue/send');
});

test('a topic is known by its name', () => {
  expect(topicOf('/topic/scores')).toBe('scores');
});
