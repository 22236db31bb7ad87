import { FanfareError, type State } from '../client/index.ts';
import { localKept, type Kept } from './storage.ts';

/** The header of each SEND in which a guest says who it is. */
export const VISITOR_HEADER = 'visitor';

const SECRET_KEY = 'fanfare.visitor';
const NAME_KEY = 'fanfare.name';
const SECRET = /^[A-Za-z0-9_-]{22,128}$/;
const SECRET_BYTES = 24;

/** Who looks at this browser's pages, the same in all its tabs and after a restart. */
export interface Visitor {
  /** What the headers of each SEND to `/app/...` hold. */
  readonly headers: Record<string, string>;
  /** The name that others are shown; empty until one was given. */
  name: string;
}

/**
 * Remember or make up who looks at this browser's pages.
 *
 * Where nothing can be kept, the visitor is a new one on each page.
 */
export function visitorOf(kept: Kept = localKept()): Visitor {
  let name = read(kept, NAME_KEY) ?? '';
  return {
    headers: { [VISITOR_HEADER]: secretOf(kept) },
    get name() {
      return name;
    },
    set name(given) {
      name = given;
      write(kept, NAME_KEY, given);
    },
  };
}

/** What of a client is needed to ask the server. */
interface Asking {
  subscribe(
    destination: string,
    handlers: { onPublication(publication: { json<T>(): T }): void },
  ): { readonly live: Promise<unknown>; unsubscribe(): unknown };
  send(destination: string, body: string, options: { headers: Record<string, string> }): Promise<unknown>;
}

interface AskingAgain extends Asking {
  on(event: 'state', listener: (state: State) => void): () => void;
}

/**
 * Ask the server by which id others see this visitor.
 *
 * Derived there, for users as for guests; a page that was not loaded over TLS could not even compute a hash.
 */
export async function visitorId(client: Asking, { headers }: Visitor): Promise<string> {
  const { promise, resolve } = withResolvers<string>();
  const subscription = client.subscribe('/user/queue/visitor', {
    onPublication: (publication) => resolve(publication.json<{ id: string }>().id),
  });
  try {
    await subscription.live;
    await client.send('/app/visitor', '', { headers });
    return await promise;
  } finally {
    subscription.unsubscribe();
  }
}

/**
 * Tell by which id others see this visitor; where the server refuses to say, it is asked again when it says so, or else
 * on the next connection.
 *
 * @returns resolves after the first answer, whatever that was
 */
export function tellVisitorId(client: AskingAgain, visitor: Visitor, tell: (id: string) => void): Promise<void> {
  const again = () => void tellVisitorId(client, visitor, tell);
  return visitorId(client, visitor).then(tell, (error: unknown) => {
    if (error instanceof FanfareError && error.retryAfter !== undefined) {
      setTimeout(again, error.retryAfter * 1000);
      return;
    }
    const stop = client.on('state', (state) => {
      if (state === 'connected') {
        stop();
        again();
      }
    });
  });
}

function secretOf(kept: Kept): string {
  const known = read(kept, SECRET_KEY);
  if (known !== null && SECRET.test(known)) {
    return known;
  }
  const made = randomSecret();
  write(kept, SECRET_KEY, made);
  // Another tab may have made one up at the same moment: the last one that was written counts for both.
  const written = read(kept, SECRET_KEY);
  return written !== null && SECRET.test(written) ? written : made;
}

/** Make up what nobody can guess, in letters that headers, addresses and topic names may have. */
export function randomSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

function read(kept: Kept, key: string): string | null {
  try {
    return kept.getItem(key);
  } catch {
    return null;
  }
}

function write(kept: Kept, key: string, value: string): void {
  try {
    kept.setItem(key, value);
  } catch {
    // Then it counts until the page is left.
  }
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((given) => (resolve = given));
  return { promise, resolve };
}
