/**
 * Where the server begins: `https://example.org/`, or what it is called behind a proxy or under a context path. The
 * template says it, as a page such as /chat/ROOM does not know how deep it is.
 */
export const base: string = new URL(
  document.querySelector<HTMLMetaElement>('meta[name="fanfare-base"]')?.content ?? './',
  location.href,
).href;

/** The address of a WebSocket at a path below the base, such as `ws` or `broadcast`. */
export function webSocketAddress(path: string): string {
  const address = new URL(path, base);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}
