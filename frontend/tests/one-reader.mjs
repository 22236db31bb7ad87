// Subscribes with stompjs: `node one-reader.mjs URL DESTINATION` says "subscribed" and then the body of the first message.
import { Client, Versions } from '@stomp/stompjs';
import { WebSocket } from 'ws';

const [url, destination] = process.argv.slice(2);
const client = new Client({
  webSocketFactory: () => new WebSocket(url, Versions.default.protocolVersions()),
  reconnectDelay: 0,
  onConnect() {
    client.watchForReceipt('subscribed', () => console.log('subscribed'));
    client.subscribe(destination, heard, { receipt: 'subscribed' });
  },
  onStompError: ({ headers, body }) => failed(`${headers.message}: ${body}`),
  onWebSocketError: ({ message }) => failed(message),
});
client.activate();
setTimeout(() => failed('Nothing was heard within a minute'), 60_000).unref();

function heard({ body }) {
  console.log(body);
  client.onWebSocketError = () => {};
  void client.deactivate();
}

function failed(why) {
  console.log(why);
  process.exit(1);
}
