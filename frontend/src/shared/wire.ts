/** The states of a client, as words. */
export type State = 'connecting' | 'connected' | 'recovering' | 'offline' | 'closed';

/** Why the state is what it is. */
export interface StateDetail {
  /** In how many milliseconds the next attempt is made. */
  retryIn?: number | undefined;
  /** What the server said. */
  error?: { readonly message: string } | undefined;
}

/** What happens on the wire, in the order in which it does; times are milliseconds since 1970. */
export type WireEvent = { at: number } & (
  | { kind: 'open'; session: string }
  | {
      kind: 'frame';
      direction: 'in' | 'out';
      command: string;
      headers: Readonly<Record<string, string>>;
      body?: string | Uint8Array | undefined;
    }
  | { kind: 'close'; code: number; reason: string }
  | { kind: 'error'; type?: string | undefined; message: string }
);

/** What the shell needs of the page's client, which is one of `connect` in ../client. */
export interface ShellClient {
  readonly state: State;
  /** Milliseconds to the server and back. */
  ping(): Promise<number>;
  on(event: 'state', listener: (state: State, detail: StateDetail) => void): () => void;
  on(event: 'wire', listener: (event: WireEvent) => void): () => void;
  /** Drop the connection as a lost network does. */
  interrupt(): void;
}
