import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The network between clients and a server: it can be cut and mended, and knows which sockets pass through it. */
export class Wire {
  private readonly pairs = new Set<[Socket, Socket]>();
  private readonly listener = createServer((near) => this.join(near));
  private isCut = false;
  /** WebSockets that were ever opened to the STOMP endpoint. */
  opened = 0;
  /** Those that are open. */
  open = 0;

  private constructor(private readonly port: number) {}

  /** @param host of the server, `localhost:PORT` */
  static async to(host: string): Promise<Wire> {
    const wire = new Wire(Number(new URL(`http://${host}`).port));
    wire.listener.listen(0);
    await once(wire.listener, 'listening');
    return wire;
  }

  get host(): string {
    return `localhost:${(this.listener.address() as AddressInfo).port}`;
  }

  /** Break all connections and let none through. */
  cut(): void {
    this.isCut = true;
    this.pairs.forEach((pair) => pair.forEach((socket) => socket.destroy()));
  }

  /** Let nothing through any more, without a word to either side. */
  hang(): void {
    this.isCut = true;
    this.pairs.forEach((pair) => pair.forEach((socket) => socket.pause()));
  }

  mend(): void {
    this.isCut = false;
  }

  async remove(): Promise<void> {
    this.cut();
    this.listener.close();
    await once(this.listener, 'close');
  }

  private join(near: Socket): void {
    if (this.isCut) {
      near.destroy();
      return;
    }
    const far = connect(this.port, 'localhost');
    const pair: [Socket, Socket] = [near, far];
    this.pairs.add(pair);
    near.once('data', (head) => {
      if (head.toString('latin1').startsWith('GET /ws ')) {
        this.opened++;
        this.open++;
        near.once('close', () => this.open--);
      }
    });
    near.pipe(far).pipe(near);
    for (const socket of pair) {
      socket.on('error', () => {});
      socket.on('close', () => {
        pair.forEach((each) => each.destroy());
        this.pairs.delete(pair);
      });
    }
  }
}
