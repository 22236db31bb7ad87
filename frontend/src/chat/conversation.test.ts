import { expect, test } from 'vitest';
import { chatEvent, Conversation, type ChatEvent } from './conversation.ts';

const at = (offset: number, epoch = 'e') => ({ position: `${epoch}:${offset}`, timestamp: offset * 1000 });
const said = (id: string, text = id): ChatEvent => ({ kind: 'said', id, author: 'ada', name: 'Ada', text });
const edited = (of: number, text: string): ChatEvent => ({
  kind: 'edited',
  id: text,
  author: 'ada',
  of: `e:${of}`,
  text,
});
const deleted = (of: number): ChatEvent => ({ kind: 'deleted', id: `d${of}`, author: 'ada', of: `e:${of}` });

function texts(conversation: Conversation): string[] {
  return conversation.messages.map(({ text, edited, deleted }) => (deleted ? '(deleted)' : edited ? `${text}*` : text));
}

function all<T>(items: T[]): T[][] {
  return items.length < 2
    ? [items]
    : items.flatMap((item, i) => all(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}

test('the same events are the same conversation in whatever order they come', () => {
  const events: [ChatEvent, number][] = [
    [said('one'), 1],
    [said('two'), 2],
    [edited(1, 'first'), 3],
    [edited(1, 'second'), 4],
    [deleted(2), 5],
    [edited(2, 'too late'), 6],
  ];

  for (const order of all(events)) {
    const conversation = new Conversation();
    order.forEach(([event, offset]) => conversation.add(event, at(offset)));
    expect(texts(conversation)).toEqual(['second*', '(deleted)']);
  }
});

test('what came twice, or was stored twice, was said once and where it was said first', () => {
  const conversation = new Conversation();

  expect(conversation.add(said('a'), at(2))).toBeDefined();
  expect(conversation.add(said('a'), at(2))).toBeUndefined();
  conversation.add(said('b'), at(3));
  expect(conversation.add(said('a'), at(4))).toBeUndefined();
  expect(texts(conversation)).toEqual(['a', 'b']);

  conversation.add(said('b'), at(1));
  expect(texts(conversation)).toEqual(['b', 'a']);
});

test('authors with the same ids are not mistaken for each other', () => {
  const conversation = new Conversation();
  conversation.add(said('a'), at(1));
  conversation.add({ ...said('a'), author: 'bob' } as ChatEvent, at(2));

  expect(conversation.messages).toHaveLength(2);
  expect(conversation.has('ada', 'a')).toBe(true);
  expect(conversation.has('eve', 'a')).toBe(false);
});

test('a new epoch is a new conversation', () => {
  const conversation = new Conversation();
  conversation.add(said('old'), at(9));
  conversation.add(deleted(9), at(10));

  conversation.add(said('new'), at(1, 'f'));

  expect(texts(conversation)).toEqual(['new']);
  expect(conversation.find('e:9')).toBeUndefined();
  expect(conversation.oldest).toBe('f:1');
});

test('the history goes on before the oldest event, whatever it was', () => {
  const conversation = new Conversation();
  expect(conversation.oldest).toBeUndefined();
  conversation.add(said('b'), at(8));
  conversation.add(edited(1, 'x'), at(7));

  expect(conversation.oldest).toBe('e:7');
});

test('what is dropped can be read again, with its changes', () => {
  const conversation = new Conversation();
  for (let offset = 1; offset <= 10; offset++) {
    conversation.add(said(`m${offset}`), at(offset));
  }
  conversation.add(edited(2, 'changed'), at(11));

  expect(conversation.trim(10)).toBe(false);
  expect(conversation.trim(4)).toBe(true);
  expect(texts(conversation)).toEqual(['m7', 'm8', 'm9', 'm10']);
  expect(conversation.oldest).toBe('e:7');

  conversation.add(said('m2'), at(2));
  expect(texts(conversation)).toEqual(['changed*', 'm7', 'm8', 'm9', 'm10']);
});

test('a message is found by its position as it reads now', () => {
  const conversation = new Conversation();
  conversation.add(said('teh'), at(1));
  conversation.add(edited(1, 'the'), at(2));

  expect(conversation.find('e:1')).toMatchObject({ text: 'the', edited: true });
  expect(conversation.find('f:1')).toBeUndefined();
});

test.each([null, 7, 'text', {}, { kind: 'said', id: 'x' }, { ...said('x'), text: 1 }, { ...said('x'), kind: 'sung' }])(
  'what is no event is passed over: %j',
  (value) => {
    expect(chatEvent(() => value)).toBeUndefined();
  },
);

test('what is no JSON is passed over', () => {
  expect(chatEvent(() => JSON.parse('{'))).toBeUndefined();
  expect(chatEvent(() => said('x'))).toEqual(said('x'));
});
