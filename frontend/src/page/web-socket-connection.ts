import { readBody, type Body } from '../shared/body.ts';
import type { Connection, ConnectionListener, Direction, Problem } from './connection.ts';
import { topicOf } from './destination.ts';

/** A WebSocket without any protocol on top. What such a connection cannot say, it asks for over HTTP. */
export class WebSocketConnection implements Connection {
  private readonly listener: ConnectionListener;
  private readonly socket: WebSocket;
  private readonly path: string;
  private readonly base: string;
  private leaving = false;

  /** @param base where the server's HTTP interface begins */
  constructor(address: string, base: string, listener: ConnectionListener) {
    this.listener = listener;
    this.base = base;
    this.path = new URL(address).pathname;
    this.socket = new WebSocket(address);
    this.socket.binaryType = 'arraybuffer';
    this.socket.onopen = () => this.opened(address);
    this.socket.onmessage = ({ data }) => this.told('in', this.path, bodyOf(data));
    this.socket.onerror = () => this.failed({ from: 'page', text: 'unreachable' });
    this.socket.onclose = ({ code, reason }) => this.closed(code, reason);
  }

  send(text: string): void {
    this.socket.send(text);
    this.told('out', this.path, text);
  }

  broadcast(text: string): void {
    void this.post('broadcast', text);
  }

  publish(destination: string, text: string): void {
    void this.post(`api/topics/${encodeURIComponent(topicOf(destination))}/publications`, text);
  }

  subscribe(): void {}

  unsubscribe(): void {}

  close(): void {
    this.leaving = true;
    this.socket.close(1000);
  }

  private async post(path: string, text: string): Promise<void> {
    this.told('out', `POST /${path}`, text);
    try {
      const headers = { 'Content-Type': 'text/plain;charset=utf-8' };
      const response = await fetch(new URL(path, this.base), { method: 'POST', headers, body: text });
      if (!response.ok) {
        this.failed(await problemOf(response));
      }
    } catch {
      this.failed({ from: 'page', text: 'unreachable' });
    }
  }

  private opened(address: string): void {
    const session = new URL(address).searchParams.get('session') ?? undefined;
    this.listener.onEvent({ at: new Date(), direction: 'in', kind: 'open', address, session });
  }

  private told(direction: Direction, destination: string, body: Body): void {
    this.listener.onEvent({ at: new Date(), direction, kind: 'message', destination, body });
  }

  private failed(problem: Problem): void {
    if (!this.leaving) {
      this.listener.onEvent({ at: new Date(), direction: 'in', kind: 'error', problem });
    }
  }

  private closed(code: number, reason: string): void {
    const direction = this.leaving ? 'out' : 'in';
    this.leaving = true;
    this.listener.onEvent({ at: new Date(), direction, kind: 'close', code, reason });
  }
}

function bodyOf(data: string | ArrayBuffer): Body {
  return typeof data === 'string' ? data : readBody(new Uint8Array(data), 'application/octet-stream');
}

/** Read an RFC 9457 problem, or whatever else the answer says. */
async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    const { title, detail, type } = JSON.parse(text);
    return { from: 'server', text: detail ?? title, type };
  } catch {
    return { from: 'server', text: `${response.status} ${text || response.statusText}` };
  }
}
