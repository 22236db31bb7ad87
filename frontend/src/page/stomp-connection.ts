import { Client, type IFrame, type IMessage, type StompSubscription } from '@stomp/stompjs';
import { readBody, type Body } from '../shared/body.ts';
import type { Connection, ConnectionListener, Direction, Problem } from './connection.ts';

/** STOMP 1.2 over WebSocket. */
export class StompConnection implements Connection {
  private readonly listener: ConnectionListener;
  private readonly client: Client;
  private readonly subscriptions = new Map<string, StompSubscription>();
  private readonly unconfirmed = new Map<string, string>();
  private receipts = 0;
  private leaving = false;

  constructor(address: string, listener: ConnectionListener) {
    this.listener = listener;
    this.client = new Client({
      brokerURL: address,
      reconnectDelay: 0, // Link opens the next one.
      connectionTimeout: 10_000,
      onConnect: (frame) => this.opened(address, frame),
      onStompError: (frame) => this.refused(frame),
      onHeartbeatLost: () => this.failed({ from: 'page', text: 'silent' }),
      onWebSocketError: () => this.failed({ from: 'page', text: 'unreachable' }),
      onWebSocketClose: ({ code, reason }: CloseEvent) => this.closed(code, reason),
    });
    this.client.activate();
  }

  send(text: string): void {
    this.publish('/app/send', text);
  }

  broadcast(text: string): void {
    this.publish('/app/broadcast', text);
  }

  publish(destination: string, text: string): void {
    this.client.publish({ destination, body: text, headers: { 'content-type': 'text/plain;charset=utf-8' } });
    this.told('out', destination, text);
  }

  subscribe(destination: string): void {
    const receipt = `subscribe-${this.receipts++}`;
    this.unconfirmed.set(receipt, destination);
    this.client.watchForReceipt(receipt, () => this.subscribed(receipt, destination));
    const onMessage = (message: IMessage) => this.received(destination, message);
    this.subscriptions.set(destination, this.client.subscribe(destination, onMessage, { receipt }));
  }

  unsubscribe(destination: string): void {
    this.subscriptions.get(destination)?.unsubscribe();
    this.subscriptions.delete(destination);
  }

  close(): void {
    this.leaving = true;
    void this.client.deactivate();
  }

  private opened(address: string, { headers }: IFrame): void {
    this.listener.onEvent({ at: new Date(), direction: 'in', kind: 'open', address, session: headers['session'] });
  }

  private subscribed(receipt: string, destination: string): void {
    this.unconfirmed.delete(receipt);
    this.listener.onSubscribed(destination);
  }

  private received(destination: string, { binaryBody, headers }: IMessage): void {
    this.told('in', headers['destination'] ?? destination, readBody(binaryBody, headers['content-type']));
  }

  private told(direction: Direction, destination: string, body: Body): void {
    this.listener.onEvent({ at: new Date(), direction, kind: 'message', destination, body });
  }

  private refused({ headers, body }: IFrame): void {
    const summary = headers['message'] ?? '';
    const text = body.includes(summary) ? body : [summary, body].filter(Boolean).join(': ');
    this.failed({ from: 'server', text, type: headers['type'] });
    const culprit = headers['receipt-id'];
    for (const [receipt, destination] of this.unconfirmed) {
      if (culprit === undefined || culprit === receipt) {
        this.listener.onRefused(destination);
      }
    }
  }

  private failed(problem: Problem): void {
    if (!this.leaving) {
      this.listener.onEvent({ at: new Date(), direction: 'in', kind: 'error', problem });
    }
  }

  private closed(code: number, reason: string): void {
    void this.client.deactivate();
    const direction = this.leaving ? 'out' : 'in';
    this.listener.onEvent({ at: new Date(), direction, kind: 'close', code, reason });
  }
}
