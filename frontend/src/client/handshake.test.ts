import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { connect, type StateDetail } from './index.ts';

test('in Node a server that lets nobody in says when to come back', async () => {
  const full = createServer().listen(0);
  full.on('upgrade', (_, socket) => socket.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\n\r\n'));
  await once(full, 'listening');
  const details: StateDetail[] = [];

  const client = connect(`ws://localhost:${(full.address() as AddressInfo).port}/ws`, {
    webSocket: WebSocket,
    onState: (_, detail) => details.push(detail),
  });

  await vi.waitFor(() => expect(details.at(-1)?.reason).toBe('handshake: 503; retry-after=7'));
  expect(details.at(-1)?.retryIn).toBeGreaterThanOrEqual(7000);
  await client.close();
  full.close();
});
