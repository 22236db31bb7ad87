import { expect, test, Visitor } from './visitor.ts';

test('two pages show what one broadcasts by its button', async ({ visitor, anotherVisitor }) => {
  await visitor.connects();
  await anotherVisitor.connects();

  await visitor.presses('broadcast');

  await expect(visitor.received('Hello, clients!')).toHaveCount(1);
  await expect(anotherVisitor.received('Hello, clients!')).toHaveCount(1);
});

test('two pages show what is broadcast by REST', async ({ visitor, anotherVisitor, server }) => {
  await visitor.connects();
  await anotherVisitor.connects();

  expect((await server.post('/broadcast', 'Hello from REST')).ok).toBe(true);
  expect((await server.post('/api/topics/broadcast/publications', 'Hello from the API')).status).toBe(201);

  for (const each of [visitor, anotherVisitor]) {
    await expect(each.received('Hello from REST')).toHaveCount(1);
    await expect(each.received('Hello from the API')).toHaveCount(1);
  }
});

test('what is sent to one is answered to that one alone', async ({ visitor, anotherVisitor }) => {
  await visitor.connects();
  await anotherVisitor.connects();

  await visitor.presses('send');
  await expect(visitor.received('Hello, client!')).toHaveCount(1);
  await anotherVisitor.presses('broadcast');
  await expect(anotherVisitor.received('Hello, clients!')).toHaveCount(1);

  await expect(anotherVisitor.received('Hello, client!')).toHaveCount(0);
});

test('a session is reached by REST under the name the page shows', async ({ visitor, server }) => {
  await visitor.connects();
  const session = await visitor.page.getByTestId('session').textContent();

  expect((await server.post(`/send?session=${session}`, '')).ok).toBe(true);

  await expect(visitor.received('Hello, client!')).toHaveCount(1);
});

test('stopping the server shows the close, starting it again reconnects', async ({ context, launch }) => {
  test.slow();
  const server = await launch();
  const one = await new Visitor(await context.newPage(), server).connects();
  const other = await new Visitor(await context.newPage(), server).connects();

  await server.stop();
  for (const each of [one, other]) {
    await expect(each.events('close', 'in').first()).toContainText(/1001|1012/);
    await expect(each.state).toHaveText('Reconnecting …');
  }

  await server.start();
  for (const each of [one, other]) {
    await each.isConnected();
    await expect(each.events('open').nth(1)).toBeVisible();
  }
  await one.types('Back again');
  await one.presses('broadcast');
  await expect(other.received('Back again')).toHaveCount(1);
});

test('who disconnects stays disconnected until connecting again', async ({ visitor }) => {
  await visitor.connects();

  await visitor.presses('toggle');
  await expect(visitor.state).toHaveText('Disconnected');
  await expect(visitor.events('close', 'out')).toHaveCount(1);
  await visitor.presses('broadcast');
  await expect(visitor.events('error', 'out')).toContainText('Not connected');

  await visitor.presses('toggle');
  await visitor.isConnected();
  await expect(visitor.events('open')).toHaveCount(2);
});
