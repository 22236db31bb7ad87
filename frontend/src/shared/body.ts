/** A payload as the page shows it: text where it is text, else its bytes. */
export type Body = string | Uint8Array;

const STRICT_UTF_8 = new TextDecoder('utf-8', { fatal: true });

export function readBody(bytes: Uint8Array, contentType = ''): Body {
  if (contentType.startsWith('application/octet-stream')) {
    return bytes;
  }
  try {
    return STRICT_UTF_8.decode(bytes);
  } catch {
    return bytes;
  }
}

/** The first bytes in hexadecimal, with a sign when there are more. */
export function hex(bytes: Uint8Array, atMost = 32): string {
  const shown = Array.from(bytes.subarray(0, atMost), (byte) => byte.toString(16).padStart(2, '0'));
  return shown.join(' ') + (bytes.length > atMost ? ' …' : '');
}
