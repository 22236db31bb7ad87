import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Nothing but a page, with the policy that pages of the server have. */
const EMPTY = [
  'HTTP/1.1 200 OK',
  'Connection: close',
  'Content-Type: text/html',
  "Content-Security-Policy: default-src 'none'; script-src 'self'; connect-src 'self'",
  '',
  '<!doctype html><title>Empty</title>',
].join('\r\n');

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

  /** The address of an empty page of the server's origin. */
  get emptyPage(): string {
    return `http://${this.host}/empty`;
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
    near.on('data', (chunk) => this.pass(chunk, near, far));
    far.pipe(near);
    for (const socket of pair) {
      socket.on('error', () => {});
      socket.on('close', () => {
        pair.forEach((each) => each.destroy());
        this.pairs.delete(pair);
      });
    }
  }

  private pass(chunk: Buffer, near: Socket, far: Socket): void {
    const begins = (request: string) => chunk.subarray(0, request.length).equals(Buffer.from(request));
    if (begins('GET /empty ')) {
      far.unpipe(near);
      near.end(EMPTY);
      return;
    }
    if (begins('GET /ws ')) {
      this.opened++;
      this.open++;
      near.once('close', () => this.open--);
    }
    far.write(chunk);
  }
}
