import type { Client, IMessage, ITransaction, StompHeaders } from '@stomp/stompjs';

/** A message as it came. */
export interface Heard {
  text: string;
  bytes: number[];
  headers: StompHeaders;
}

type Receipt = (answer: StompHeaders | Error) => void;

/**
 * Uses stompjs as an application does, and waits for a receipt of all it can get one for. It runs in Node and in a page
 * alike, and what its methods take and give back can pass between the two.
 */
export class Talker {
  private readonly client: Client;
  private readonly messages = new Map<string, IMessage[]>();
  private readonly transactions = new Map<string, ITransaction>();
  private readonly receipts = new Map<string, Receipt>();
  private heartbeats = 0;
  private lastReceipt = 0;

  private constructor(client: Client) {
    this.client = client;
    client.reconnectDelay = 0;
    client.onHeartbeatReceived = () => this.heartbeats++;
    client.onUnhandledReceipt = ({ headers }) => this.answered(headers['receipt-id'] ?? '', headers);
    client.onStompError = ({ headers, body }) => this.failed(`${headers['message']}: ${body}`);
    client.onWebSocketClose = ({ code, reason }: CloseEvent) => this.failed(`closed: ${code} ${reason}`);
  }

  static async connect(client: Client): Promise<Talker> {
    const talker = new Talker(client);
    const connected = talker.receipt((receipt) => {
      client.onConnect = ({ headers }) => talker.answered(receipt, headers);
    });
    client.activate();
    await connected;
    return talker;
  }

  async subscribe(id: string, destination: string, headers: StompHeaders = {}): Promise<void> {
    const heard: IMessage[] = [];
    this.messages.set(id, heard);
    await this.receipt((receipt) =>
      this.client.subscribe(destination, (message) => heard.push(message), { ...headers, id, receipt }),
    );
  }

  async publish(destination: string, body: string | number[], headers: StompHeaders = {}): Promise<StompHeaders> {
    const content = typeof body === 'string' ? { body } : { binaryBody: Uint8Array.from(body) };
    return this.receipt((receipt) =>
      this.client.publish({ destination, ...content, headers: { ...headers, receipt } }),
    );
  }

  /** Acknowledge the message that came as number `index` of a subscription. */
  async ack(subscription: string, index: number, headers: StompHeaders = {}): Promise<void> {
    await this.receipt((receipt) => this.message(subscription, index).ack({ ...headers, receipt }));
  }

  /** Refuse the message that came as number `index` of a subscription. */
  async nack(subscription: string, index: number): Promise<void> {
    await this.receipt((receipt) => this.message(subscription, index).nack({ receipt }));
  }

  async begin(transaction: string): Promise<void> {
    this.transactions.set(transaction, this.client.begin(transaction));
  }

  async commit(transaction: string): Promise<void> {
    this.transactions.get(transaction)?.commit();
  }

  async abort(transaction: string): Promise<void> {
    this.transactions.get(transaction)?.abort();
  }

  async heard(subscription: string): Promise<Heard[]> {
    return (this.messages.get(subscription) ?? []).map(({ body, binaryBody, headers }) => ({
      text: body,
      bytes: [...binaryBody],
      headers: { ...headers },
    }));
  }

  /** How many heart-beats have come. */
  async beats(): Promise<number> {
    return this.heartbeats;
  }

  async leave(): Promise<void> {
    await this.client.deactivate();
  }

  private message(subscription: string, index: number): IMessage {
    const message = this.messages.get(subscription)?.[index];
    if (!message) {
      throw new Error(`Subscription '${subscription}' has no message ${index}`);
    }
    return message;
  }

  private receipt(ask: (receipt: string) => void): Promise<StompHeaders> {
    const receipt = `receipt-${this.lastReceipt++}`;
    return new Promise((resolve, reject) => {
      this.receipts.set(receipt, (answer) => (answer instanceof Error ? reject(answer) : resolve({ ...answer })));
      ask(receipt);
    });
  }

  private answered(receipt: string, answer: StompHeaders | Error): void {
    this.receipts.get(receipt)?.(answer);
    this.receipts.delete(receipt);
  }

  private failed(why: string): void {
    for (const receipt of this.receipts.keys()) {
      this.answered(receipt, new Error(why));
    }
  }
}
