import type { Body } from './types.ts';

export interface EncodedBody {
  body: string | Uint8Array | undefined;
  contentType: string | undefined;
  /** As many as go over the wire. */
  bytes: number;
}

/** Turn what an application gives into what a frame carries. */
export function encodeBody(body: Body): EncodedBody {
  if (body === undefined) {
    return { body: undefined, contentType: undefined, bytes: 0 };
  }
  if (typeof body === 'string') {
    return { body, contentType: 'text/plain;charset=utf-8', bytes: utf8Length(body) };
  }
  const bytes = asBytes(body);
  if (bytes) {
    return { body: bytes, contentType: 'application/octet-stream', bytes: bytes.length };
  }
  const json = JSON.stringify(body) as string | undefined;
  if (json === undefined) {
    throw new TypeError(`A ${typeof body} cannot be sent: give a string, bytes or what JSON can write`);
  }
  return { body: json, contentType: 'application/json', bytes: utf8Length(json) };
}

/** Copied, as the sender may change them while they wait. */
function asBytes(body: unknown): Uint8Array | undefined {
  if (body instanceof ArrayBuffer) {
    return new Uint8Array(body.slice(0));
  }
  if (ArrayBuffer.isView(body)) {
    return new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice();
  }
  return undefined;
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
