import './page.css';
import { base, webSocketAddress } from '../shared/base.ts';
import { byId } from '../shared/elements.ts';
import { EventLog } from '../shared/event-log.ts';
import { pageTexts } from '../shared/texts.ts';
import { commands } from './commands.ts';
import { destinationOf, topicOf } from './destination.ts';
import { describe } from './event-text.ts';
import { Link, type Connect, type State } from './link.ts';
import { StompConnection } from './stomp-connection.ts';
import { SubscriptionList } from './subscription-list.ts';
import { WebSocketConnection } from './web-socket-connection.ts';

const ownName = `page-${crypto.getRandomValues(new Uint32Array(1))[0]?.toString(16).padStart(8, '0')}`;

const message = byId('message', HTMLFormElement);
const messageText = byId('message-text', HTMLInputElement);
const publish = byId('publish', HTMLFormElement);
const publishTopic = byId('publish-topic', HTMLInputElement);
const subscribe = byId('subscribe', HTMLFormElement);
const subscribeTopic = byId('subscribe-topic', HTMLInputElement);
const subscriptionControls = byId('subscription-controls', HTMLFieldSetElement);
const transport = byId('transport', HTMLFormElement);
const toggle = byId('toggle', HTMLButtonElement);
const stateWord = byId('state', HTMLElement);
const stateDetail = byId('state-detail', HTMLElement);
const sessionName = byId('session', HTMLElement);
const commandLines = byId('commands', HTMLElement);

let session: string | undefined;

const texts = pageTexts();
const log = new EventLog({
  view: byId('log', HTMLElement),
  list: byId('events', HTMLOListElement),
  latest: byId('latest', HTMLButtonElement),
  directions: { in: texts('shell.direction.in'), out: texts('shell.direction.out') },
});
const subscriptions = new SubscriptionList(byId('subscriptions', HTMLUListElement), texts, (destination) => {
  subscriptions.remove(destination);
  if (link.state === 'connected') {
    link.use((connection) => connection.unsubscribe(destination));
  }
});
const link = new Link({
  onState: showState,
  onEvent: (event) => {
    log.add(describe(event, texts));
    if (event.kind === 'open') {
      showSession(event.session);
    }
  },
  onSubscribed: (destination) => subscriptions.confirm(destination),
  onRefused: (destination) => subscriptions.remove(destination),
});

function chosenPath(): string {
  return String(new FormData(transport).get('path'));
}

function chosenConnection(): Connect {
  const path = chosenPath();
  if (path === '/ws') {
    return (listener) => new StompConnection(webSocketAddress(path.slice(1)), listener);
  }
  return (listener) => new WebSocketConnection(`${webSocketAddress(path.slice(1))}?session=${ownName}`, base, listener);
}

function showState(state: State, wait = 0): void {
  stateWord.dataset['state'] = state;
  stateWord.textContent = texts(`page.state.${state}`);
  stateDetail.textContent = state === 'reconnecting' ? texts('page.state.wait', (wait / 1000).toFixed(1)) : '';
  const action = state === 'closed' ? 'connect' : 'disconnect';
  toggle.dataset['action'] = action;
  toggle.textContent = texts(`page.connection.${action}`);
  if (state === 'connected') {
    subscriptions.destinations.forEach((destination) => link.use((connection) => connection.subscribe(destination)));
  } else {
    subscriptions.suspend();
    showSession(undefined);
  }
}

function showSession(name: string | undefined): void {
  session = name;
  sessionName.textContent = name ?? '–';
  showCommands();
}

function showCommands(): void {
  commandLines.textContent = commands(base, topicOf(publishTopic.value), session ?? 'NAME');
}

function onSubmit(form: HTMLFormElement, action: () => void): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    action();
  });
}

onSubmit(transport, () => (link.state === 'closed' ? link.open(chosenConnection()) : link.close()));
transport.addEventListener('change', () => {
  link.close();
  subscriptionControls.disabled = chosenPath() !== '/ws';
});
onSubmit(message, () => link.use((connection) => connection.send(messageText.value)));
byId('broadcast', HTMLButtonElement).addEventListener('click', () =>
  link.use((connection) => connection.broadcast(messageText.value)),
);
onSubmit(publish, () =>
  link.use((connection) => connection.publish(destinationOf(publishTopic.value), messageText.value)),
);
publishTopic.addEventListener('input', showCommands);
onSubmit(subscribe, () => {
  const destination = destinationOf(subscribeTopic.value);
  if (subscriptions.add(destination) && link.state === 'connected') {
    link.use((connection) => connection.subscribe(destination));
  }
});
byId('clear', HTMLButtonElement).addEventListener('click', () => log.clear());
addEventListener('online', () => link.hurry());

subscriptions.add('/topic/broadcast');
subscriptions.add('/user/queue/send');
link.open(chosenConnection());
