type Listener = (event: never) => void;

/** A server in one object, for faults that a real one is too well behaved for: keeps what it is sent, says what it is told. */
export class FakeWebSocket {
  static all: FakeWebSocket[] = [];

  static get latest(): FakeWebSocket {
    const latest = FakeWebSocket.all.at(-1);
    if (!latest) {
      throw new Error('Nobody has connected');
    }
    return latest;
  }

  readonly sent: string[] = [];
  readyState = 0;
  onopen: Listener = () => {};
  onmessage: Listener = () => {};
  onclose: Listener = () => {};
  onerror: Listener = () => {};

  constructor(
    readonly url: string,
    readonly protocols: string[],
  ) {
    FakeWebSocket.all.push(this);
  }

  send(frame: string | ArrayBuffer): void {
    this.sent.push(typeof frame === 'string' ? frame : new TextDecoder().decode(frame));
  }

  close(): void {
    this.ends(1005, '');
  }

  terminate(): void {
    this.ends(1006, '');
  }

  /** Takes the socket, and nothing more. */
  accepts(): void {
    this.readyState = 1;
    this.emit(this.onopen, {});
  }

  /** Lets the client in. */
  opens(session = `s-${FakeWebSocket.all.length}`): void {
    this.accepts();
    this.says('CONNECTED', { version: '1.2', session, 'heart-beat': '0,0' });
  }

  says(command: string, headers: Record<string, string>, body = ''): void {
    const lines = Object.entries(headers).map(([name, value]) => `${name}:${value.replaceAll(':', '\\c')}\n`);
    this.emit(this.onmessage, { data: `${command}\n${lines.join('')}\n${body}\0` });
  }

  ends(code: number, reason = ''): void {
    if (this.readyState !== 3) {
      this.readyState = 3;
      this.emit(this.onclose, { code, reason });
    }
  }

  /** The frames of one kind that a client sent, but for those with which it keeps house. */
  frames(command: string): Record<string, string>[] {
    return this.sent
      .filter((frame) => frame.startsWith(`${command}\n`))
      .map(readHeaders)
      .filter(({ id, receipt }) => !(id ?? receipt ?? '').startsWith('fanfare-'));
  }

  /** All headers of the only frame with that one. */
  frame(command: string, name: string, value: string): Record<string, string> {
    const found = this.sent.filter((frame) => frame.startsWith(`${command}\n`)).map(readHeaders);
    const wanted = found.filter((headers) => headers[name] === value);
    if (wanted.length !== 1) {
      throw new Error(`Expected one ${command} with ${name} '${value}', got ${JSON.stringify(found)}`);
    }
    return wanted[0] as Record<string, string>;
  }

  private emit(listener: Listener, event: object): void {
    listener(event as never);
  }
}

function readHeaders(frame: string): Record<string, string> {
  const head = frame.slice(0, frame.indexOf('\n\n'));
  const lines = head.split('\n').slice(1);
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).replaceAll('\\c', ':')];
    }),
  );
}
