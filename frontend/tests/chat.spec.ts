import { Chatter, expect, fill, log, test, UNHURRIED } from './chatter.ts';
import { watchComplaints } from './comfort.ts';

test.use({ settings: UNHURRIED });

test('three screens show everything once and in order, through cuts and a server that is killed', async ({
  launch,
  chatter,
  room,
}) => {
  test.slow();
  const server = await launch(...UNHURRIED);
  const [ada, bob, eve] = (await Promise.all(
    ['Ada', 'Bob', 'Eve'].map(async (name) => (await chatter(name, server)).enters(room)),
  )) as [Chatter, Chatter, Chatter];
  const all = [ada, bob, eve];
  await ada.says('ada 1', 'ada 2');
  await bob.says('bob 1');

  await eve.context.setOffline(true);
  await expect(eve.state).toHaveText('Offline');
  await eve.says('eve, from a tunnel');
  await expect(eve.message('eve, from a tunnel')).toContainText('sending …');
  await bob.cuts();
  await bob.says('bob, just after a cut');
  await ada.says('ada 3');
  await eve.context.setOffline(false);
  for (const each of all) {
    await expect(each.message('eve, from a tunnel')).toHaveCount(1);
    await expect(each.messages).toHaveCount(6);
  }

  const talking = Promise.all(
    all.map((each) => each.says(...[1, 2, 3, 4, 5].map((n) => `${each.name} while it dies ${n}`))),
  );
  await server.kill();
  await talking;
  await ada.says('ada, to nobody');
  await expect(ada.message('ada, to nobody')).toContainText('sending …');
  await server.start();

  for (const each of all) {
    await expect(each.messages).toHaveCount(22);
    await expect(each.page.locator('li.pending')).toHaveCount(0);
  }
  const stored = (await log(server, room)).map(({ text }) => text);
  expect(stored).toHaveLength(22);
  expect(new Set(stored).size).toBe(22);
  for (const each of all) {
    await each.sees(...stored);
    const own = stored.filter((text) => text.startsWith(`${each.name} while it dies`));
    expect(own).toEqual([1, 2, 3, 4, 5].map((n) => `${each.name} while it dies ${n}`));
  }
  await bob.page.reload();
  await bob.sees(...stored);
});

test('scrolling back joins what was said before, while more is said', async ({ server, chatter, room }) => {
  const before = Array.from({ length: 150 }, (_, number) => `before ${number}`);
  await fill(server, room, before);
  const ada = await (await chatter('Ada')).enters(room);
  await expect(ada.messages.last()).toContainText('before 149');
  expect(await ada.messages.count()).toBeLessThan(150);

  await ada.page.getByTestId('timeline').hover();
  await ada.page.mouse.wheel(0, -600);
  await expect(ada.page.getByTestId('latest')).toBeVisible();
  const place = ada.message('before 130');
  await place.scrollIntoViewIfNeeded();
  const top = (await place.boundingBox())?.y;
  await fill(server, room, ['while she reads', 'and more']);
  await expect(ada.page.getByTestId('latest')).toHaveText('2 new ↓');
  expect((await place.boundingBox())?.y).toBe(top);

  await expect(async () => {
    await ada.timeline.evaluate((view) => (view.scrollTop = 0));
    await expect(ada.page.locator('#messages .note')).toHaveText('This is where the room begins.', { timeout: 500 });
  }).toPass();
  await ada.sees(...before, 'while she reads', 'and more');

  await ada.page.getByTestId('latest').click();
  await expect(ada.message('and more')).toBeInViewport();
  await expect(ada.page).toHaveTitle(`${room} · Chat`);
});

test('who said it edits and deletes it, on all screens; nobody else can', async ({ chatter, room }) => {
  const ada = await (await chatter('Ada')).enters(room);
  const bob = await (await chatter('Bob')).enters(room);
  await ada.says('teh first', 'the second');
  await expect(bob.messages).toHaveCount(2);
  await expect(bob.page.locator('[data-act=edit], [data-act=delete]')).toHaveCount(0);

  await ada.message('teh first').locator('[data-act=edit]').click();
  await ada.says('the **first**');
  await ada.page.getByTestId('text').press('ArrowUp');
  await expect(ada.page.getByTestId('text')).toHaveValue('the second');
  await ada.page.getByTestId('text').press('Escape');
  await ada.message('the second').locator('[data-act=delete]').click();
  await ada.page.getByTestId('confirm').click();

  for (const each of [ada, bob]) {
    await expect(each.message('the first')).toContainText('edited');
    await expect(each.message('the first').locator('strong')).toHaveText('first');
    await expect(each.messages.nth(1)).toContainText('Deleted by its author');
    await expect(each.message('the second')).toHaveCount(0);
  }
  await ada.page.reload();
  await expect(ada.messages.nth(1)).toContainText('Deleted by its author');
});

test('who was away finds a line before what is new, and other rooms say how much is', async ({
  server,
  chatter,
  room,
}) => {
  const ada = await (await chatter('Ada')).enters(room);
  await ada.says('first');
  await expect(ada.messages.locator('.good')).toHaveText('✓ stored');

  await ada.enters(`${room}-2`);
  await fill(server, room, ['second', 'third']);
  const link = ada.page.getByTestId('rooms').locator(`a[href$='/chat/${room}']`);
  await expect(link.locator('.badge')).toHaveText('2 new');
  await link.click();

  await expect(ada.messages).toHaveCount(3);
  const lines = ada.page.locator('#messages > li:not(.day, .note)');
  await expect(lines).toHaveText([/first/, 'New', /second/, /third/]);
  await ada.says('I am back');
  await expect(ada.page.locator('#messages .new')).toHaveCount(0);
  await expect(ada.message('I am back')).toBeInViewport();
});

test('who types is seen typing until it is said', async ({ chatter, room }) => {
  const ada = await (await chatter('Ada')).enters(room);
  const bob = await (await chatter('Bob')).enters(room);
  await ada.says('hello');
  await expect(bob.messages).toHaveCount(1);
  const typing = bob.page.getByTestId('typing');

  await ada.page.getByTestId('text').pressSequentially('I am about to');
  await expect(typing).toHaveText('Ada is typing …');
  await ada.cuts();
  await ada.isConnected();
  await bob.cuts();
  await bob.isConnected();
  await ada.says('say it');

  await expect(bob.message('say it')).toHaveCount(1);
  await expect(typing).toHaveText('');
  await expect(ada.page.getByTestId('typing')).toHaveText('');
});

test('what the server refuses says why, and can be tried again or given up', async ({ chatter, room }) => {
  const ada = await (await chatter('Ada')).enters(room);

  await ada.says('turned \u202E round', 'and straight');

  const refused = ada.message('turned');
  await expect(refused).toContainText("Not sent: 'text' has the character U+202E in it");
  await expect(ada.message('and straight')).toContainText('✓ stored');
  await refused.locator('[data-act=retry]').click();
  await expect(refused).toContainText('U+202E');
  await refused.locator('[data-act=discard]').click();
  await ada.sees('and straight');
});

test('who is too fast waits, and nothing is lost or overtaken', async ({ launch, chatter, room }) => {
  const server = await launch('--fanfare.demo.chat.rate=2/s burst 2');
  const ada = await (await chatter('Ada', server)).enters(room);

  await ada.says('1', '2', '3', '4', '5');

  await expect(ada.page.locator('li.pending')).toHaveCount(0);
  await ada.sees('1', '2', '3', '4', '5');
});

test('nothing that is said is more than text', async ({ chatter, room }) => {
  const ada = await (await chatter('<b>Ada</b>')).enters(room);
  const bob = await (await chatter('Bob')).enters(room);
  const complaints = watchComplaints(bob.page);
  const evil =
    '<img src=x onerror="document.title=1"> [click](javascript:document.title=1) <script>document.title=1</script>';

  await ada.says(evil, 'see [docs](https://example.org/a?b=1) and `<i>` or https://example.org/c.');

  await bob.sees(evil, 'see docs and <i> or https://example.org/c.');
  await expect(bob.page.locator('#messages').locator('img, script, i, b:not(.name)')).toHaveCount(0);
  await expect(bob.messages.locator('.name').first()).toHaveText('<b>Ada</b>');
  const links = bob.messages.locator('a');
  await expect(links).toHaveCount(2);
  await expect(links.first()).toHaveAttribute('href', 'https://example.org/a?b=1');
  await expect(links.first()).toHaveAttribute('rel', /noopener noreferrer/);
  await expect(bob.page).toHaveTitle(`${room} · Chat`);
  expect(complaints).toEqual([]);
});

test('a room of any language has a link, and people meet there', async ({ chatter }) => {
  const ada = await chatter('Ada');
  await ada.page.goto(`${ada.server.url}/chat`);
  await ada.page.getByTestId('room').fill('  图书馆 Nord! ');
  await ada.page.getByTestId('join').click();
  await expect(ada.page.getByTestId('room-name')).toHaveText('图书馆-nord');
  await ada.says('你好');

  const bob = await (await chatter('Bob')).enters('图书馆-NORD');

  await bob.sees('你好');
  await bob.page.getByTestId('copy').click();
  await expect(bob.page.getByTestId('copied')).toHaveText(/Link copied|chat\/%E5%9B%BE/);
  await expect(bob.page.getByTestId('rooms').getByRole('link', { name: '图书馆-nord' })).toHaveAttribute(
    'aria-current',
    'page',
  );
});
