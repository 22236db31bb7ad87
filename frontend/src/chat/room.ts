/** A room: what it is called, and what stands for it in the names of topics and destinations. */
export interface Room {
  readonly name: string;
  readonly id: string;
}

const LONGEST = 32;
const MOST_BYTES = 78;
const PLAIN = /^[a-z0-9-]{1,32}$/;
const ENCODED = 'u:';

/**
 * Make a room's name of what somebody wrote: in lower case, with `-` for what is between words. Nothing is left where
 * it has no letter and no digit, or more than a topic's name can take.
 */
export function roomOf(written: string): Room | undefined {
  const name = written
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const bytes = new TextEncoder().encode(name);
  if (name === '' || [...name].length > LONGEST || bytes.length > MOST_BYTES) {
    return undefined;
  }
  return { name, id: PLAIN.test(name) ? name : ENCODED + base64url(bytes) };
}

/** Tell which room an id stands for. */
export function roomWithId(id: string): Room {
  return { name: id.startsWith(ENCODED) ? decoded(id.slice(ENCODED.length)) : id, id };
}

export function topicOf(room: Room): string {
  return `chat.${room.id}`;
}

export function typingTopicOf(room: Room): string {
  return `chat.${room.id}.typing`;
}

/** The room that an address such as `/chat/lobby` leads to. */
export function roomInPath(path: string): Room | undefined {
  const last = /\/chat\/([^/]+)\/?$/.exec(path)?.[1];
  try {
    return last === undefined ? undefined : roomOf(decodeURIComponent(last));
  } catch {
    return undefined;
  }
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function decoded(text: string): string {
  try {
    const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return new TextDecoder().decode(Uint8Array.from(bytes, (each) => each.charCodeAt(0)));
  } catch {
    return text;
  }
}
