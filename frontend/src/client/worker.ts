import { Hub } from './tabs/hub.ts';
import { hold } from './tabs/locks.ts';
import { VERSION, type ToHub } from './tabs/messages.ts';
import { hubLock, randomName } from './tabs/names.ts';

/** What runs as the SharedWorker: one connection for all tabs that connect to it. */
const scope = globalThis as unknown as { name: string; onconnect: (event: MessageEvent) => void };
const hub = new Hub(scope.name);
const id = randomName();
const held = hold(hubLock(scope.name, id));

scope.onconnect = ({ ports: [port] }) => {
  if (!port) {
    return;
  }
  port.onmessage = ({ data }: MessageEvent<ToHub>) => hub.receive(data, (message) => port.postMessage(message));
  void held.then(() => port.postMessage({ hub: id, version: VERSION }));
};
