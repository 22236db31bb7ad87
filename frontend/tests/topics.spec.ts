import { expect, test } from './visitor.ts';

test('any topic can be subscribed to, and its payload is text and nothing else', async ({ visitor, server }) => {
  const payload = '<script>document.title = "broken in"</script><img src="x" onerror="document.title = 1">';
  await visitor.connects();
  await visitor.subscribes('scores');
  await visitor.isSubscribed('/topic/scores');

  expect((await server.post('/api/topics/scores/publications', payload, 'text/html')).status).toBe(201);

  await expect(visitor.received(payload)).toHaveCount(1);
  await expect(visitor.page).toHaveTitle('Fanfare');
  await expect(visitor.page.getByTestId('log').locator('script, img')).toHaveCount(0);
});

test('bytes are counted and shown in hexadecimal', async ({ visitor, server }) => {
  await visitor.connects();
  await visitor.subscribes('bytes');
  await visitor.isSubscribed('/topic/bytes');

  await server.post('/api/topics/bytes/publications', new Uint8Array([0, 15, 255]), 'application/octet-stream');

  await expect(visitor.received('3 bytes: 00 0f ff')).toHaveCount(1);
});

test('the page publishes to a topic', async ({ visitor, anotherVisitor }) => {
  await anotherVisitor.connects();
  await anotherVisitor.subscribes('news');
  await anotherVisitor.isSubscribed('/topic/news');
  await visitor.connects();

  await visitor.types('First!');
  await visitor.page.getByTestId('publish-topic').fill('news');
  await visitor.presses('publish');

  await expect(anotherVisitor.received('First!')).toHaveCount(1);
});

test('a topic that was left is heard no more', async ({ visitor, server }) => {
  await visitor.connects();
  await visitor.subscribes('left');
  await visitor.isSubscribed('/topic/left');

  await visitor.page.getByRole('button', { name: 'Unsubscribe from /topic/left' }).click();
  await expect(visitor.subscription('/topic/left')).toHaveCount(0);
  await visitor.presses('send');
  await expect(visitor.received('Hello, client!')).toHaveCount(1);
  await server.post('/api/topics/left/publications', 'Too late');
  await server.post('/broadcast', 'Afterwards');

  await expect(visitor.received('Afterwards')).toHaveCount(1);
  await expect(visitor.received('Too late')).toHaveCount(0);
});

test('the server has the word on a bad name, and the page connects again without it', async ({ visitor }) => {
  await visitor.connects();

  await visitor.subscribes('not a topic');

  await expect(visitor.events('error', 'in')).toContainText('not a topic');
  await expect(visitor.events('close', 'in')).toHaveCount(1);
  await expect(visitor.events('open')).toHaveCount(2);
  await visitor.isConnected();
  await expect(visitor.subscription('not a topic')).toHaveCount(0);
});

test('the log keeps the latest five hundred events and can be cleared', async ({ visitor, server }) => {
  await visitor.connects();
  await visitor.subscribes('flood');
  await visitor.isSubscribed('/topic/flood');

  for (let first = 0; first < 520; first += 40) {
    const numbers = Array.from({ length: 40 }, (_, index) => first + index);
    await Promise.all(numbers.map((number) => server.post('/api/topics/flood/publications', `number ${number}`)));
  }
  await server.post('/api/topics/flood/publications', 'the last one');

  await expect(visitor.received('the last one')).toBeInViewport();
  await expect(visitor.page.getByTestId('log').getByRole('listitem')).toHaveCount(500);
  await visitor.presses('clear');
  await expect(visitor.page.getByTestId('log').getByRole('listitem')).toHaveCount(0);
});

test('a reader who scrolled up is not pulled down', async ({ visitor, server }) => {
  await visitor.connects();
  const log = visitor.page.getByTestId('log');
  for (let number = 0; number < 60; number++) {
    await server.post('/broadcast', `number ${number}`);
  }
  await expect(visitor.received('number 59')).toBeInViewport();

  await log.focus();
  await visitor.page.keyboard.press('Home');
  await expect(visitor.events('open')).toBeInViewport();
  await server.post('/broadcast', 'the newest');
  await expect(visitor.received('the newest')).toHaveCount(1);
  await expect(visitor.received('the newest')).not.toBeInViewport();

  await visitor.page.getByRole('button', { name: 'Latest events' }).click();
  await expect(visitor.received('the newest')).toBeInViewport();
});
