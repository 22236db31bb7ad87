import { expect, test } from './visitor.ts';

test('a bare WebSocket gets back what it sends', async ({ visitor }) => {
  await visitor.visits();
  await visitor.choosesBare('/');

  await visitor.types('你好 <b>there</b>');
  await visitor.presses('send');

  await expect(visitor.events('message', 'out')).toContainText('你好 <b>there</b>');
  await expect(visitor.received('你好 <b>there</b>')).toHaveCount(1);
});

test('a bare WebSocket at /send is greeted', async ({ visitor }) => {
  await visitor.visits();

  await visitor.choosesBare('/send');

  await expect(visitor.received('Hello, client!')).toHaveCount(1);
});

test('a bare WebSocket at /broadcast has everybody greeted', async ({ visitor, anotherVisitor }) => {
  await anotherVisitor.connects();
  await visitor.visits();

  await visitor.choosesBare('/broadcast');

  await expect(visitor.received('Hello, clients!')).toHaveCount(1);
  await expect(anotherVisitor.received('Hello, clients!')).toHaveCount(1);
});

test('a bare WebSocket hears broadcasts and can ask for one', async ({ visitor, anotherVisitor, server }) => {
  await anotherVisitor.connects();
  await visitor.visits();
  await visitor.choosesBare('/');

  await visitor.types('From a bare one');
  await visitor.presses('broadcast');
  await server.post('/broadcast', 'From REST');

  for (const text of ['From a bare one', 'From REST']) {
    await expect(visitor.received(text)).toHaveCount(1);
    await expect(anotherVisitor.received(text)).toHaveCount(1);
  }
});

test('a bare session is reached by REST under the name the page shows', async ({ visitor, server }) => {
  await visitor.visits();
  await visitor.choosesBare('/');
  const session = await visitor.page.getByTestId('session').textContent();

  expect((await server.post(`/send?session=${session}`, '')).ok).toBe(true);

  await expect(visitor.received('Hello, client!')).toHaveCount(1);
});

test('a bare page publishes to a topic over HTTP and shows what the server refuses', async ({
  visitor,
  anotherVisitor,
}) => {
  await anotherVisitor.connects();
  await anotherVisitor.subscribes('scores');
  await anotherVisitor.isSubscribed('/topic/scores');
  await visitor.visits();
  await visitor.choosesBare('/');

  await visitor.types('3:2');
  await visitor.presses('publish');
  await expect(anotherVisitor.received('3:2')).toHaveCount(1);

  await visitor.page.getByTestId('publish-topic').fill('not a topic');
  await visitor.presses('publish');
  await expect(visitor.events('error', 'in')).toContainText('not a topic');
});
