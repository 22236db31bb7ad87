import { encodeBody } from './body.ts';
import { readRefusal } from './ending.ts';
import { FanfareError } from './error.ts';
import { Feeds } from './feeds.ts';
import { guarded } from './feed.ts';
import type { Frame, Link, LinkListener } from './link.ts';
import { Outbox, type OutboxLimits } from './outbox.ts';
import { destinationOf } from './publication.ts';
import type {
  Body,
  Client,
  Headers,
  Receipt,
  SendOptions,
  State,
  StateDetail,
  Stored,
  SubscribeOptions,
  Subscription,
  WireEvent,
} from './types.ts';

type StateListener = (state: State, detail: StateDetail) => void;
type WireListener = (event: WireEvent) => void;

/** What the server closes with when a frame was at fault. */
const FAULTS = new Set([1002, 1007, 1009]);

/** Subscribes, sends and tells, over whatever link it is given. */
export class FanfareClient implements Client {
  private readonly link: Link;
  private readonly feeds = new Feeds((frame) => this.transmit(frame));
  private readonly outbox: Outbox;
  private readonly stateListeners = new Set<StateListener>();
  private readonly wireListeners = new Set<WireListener>();
  private current: State = 'connecting';
  private sessionName: string | undefined;

  constructor(limits: OutboxLimits, openLink: (listener: LinkListener) => Link) {
    this.outbox = new Outbox(limits, (frame) => this.transmit(frame));
    this.link = openLink({
      onState: (state, detail) => this.onState(state, detail),
      onFrame: (frame) => this.onFrame(frame),
      onWire: (event) => this.tellWire(event),
    });
  }

  get state(): State {
    return this.current;
  }

  get session(): string | undefined {
    return this.sessionName;
  }

  subscribe(destination: string, options: SubscribeOptions = {}): Subscription {
    return this.feeds.add(destinationOf(destination), options, this.current);
  }

  async publish(topic: string, body: Body, options: SendOptions = {}): Promise<Stored> {
    const { headers } = await this.send(destinationOf(topic), body, options);
    return { headers, position: headers['position'] ?? '', duplicate: headers['duplicate'] === 'true' };
  }

  async send(destination: string, body?: Body, options: SendOptions = {}): Promise<Receipt> {
    const { headers, contentType, idempotencyKey = newKey(), signal } = options;
    if (this.current === 'closed') {
      throw closed();
    }
    const encoded = encodeBody(body);
    const type = contentType ?? encoded.contentType;
    const sent: Headers = {
      ...(type !== undefined && { 'content-type': type }),
      ...headers,
      destination,
      ...(idempotencyKey !== false && { 'idempotency-key': idempotencyKey }),
    };
    const frame = { command: 'SEND', headers: sent, body: encoded.body };
    return { headers: await this.outbox.add(frame, encoded.bytes, this.current === 'connected', signal) };
  }

  ping(): Promise<number> {
    return this.link.ping();
  }

  on(event: 'state', listener: StateListener): () => void;
  on(event: 'wire', listener: WireListener): () => void;
  on(event: 'state' | 'wire', listener: StateListener & WireListener): () => void {
    const listeners = event === 'state' ? this.stateListeners : this.wireListeners;
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  interrupt(): void {
    this.link.interrupt();
  }

  close(): Promise<void> {
    return this.link.close();
  }

  private onState(state: State, detail: StateDetail): void {
    this.current = state;
    this.sessionName = detail.session;
    if (detail.code !== undefined && FAULTS.has(detail.code)) {
      this.outbox.faulted(
        detail.error ?? new FanfareError('connection-ended', `Closed: ${detail.code} ${detail.reason}`),
      );
    }
    if (state === 'closed') {
      const error = detail.error ?? closed(detail);
      this.feeds.end(error);
      this.outbox.end(error);
    } else if (state === 'connected') {
      this.feeds.begin();
      this.outbox.flush();
    } else {
      this.feeds.lost();
    }
    this.stateListeners.forEach((listener) => guarded(() => listener(state, detail)));
  }

  private onFrame(frame: Frame): void {
    const { command, headers } = frame;
    this.tellWire({ at: Date.now(), kind: 'frame', direction: 'in', ...frame });
    const receipt = headers['receipt-id'] ?? '';
    if (command === 'MESSAGE') {
      this.feeds.deliver(frame);
    } else if (command === 'RECEIPT') {
      this.feeds.answered(receipt, headers);
      this.outbox.answered(receipt, headers);
    } else if (command === 'ERROR') {
      const { error } = readRefusal(frame);
      this.feeds.refused(receipt, error);
      this.outbox.refused(receipt, error);
    }
  }

  private transmit(frame: Frame): void {
    this.tellWire({ at: Date.now(), kind: 'frame', direction: 'out', ...frame });
    this.link.send(frame);
  }

  private tellWire(event: WireEvent): void {
    this.wireListeners.forEach((listener) => guarded(() => listener(event)));
  }
}

function closed({ code, reason }: StateDetail = {}): FanfareError {
  return new FanfareError('closed', code === undefined ? 'The client is closed' : `Closed: ${code} ${reason}`);
}

/** `crypto.randomUUID` is for secure contexts alone. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
