/** What the client itself refuses with; every other type is one of the server's. */
export type ClientErrorType =
  /** The client was closed, by the application or for good by the server. */
  | 'closed'
  /** As much is waiting for an answer as may. */
  | 'queue-full'
  /** It was sent, no answer came, and sending it again could store it twice. */
  | 'outcome-unknown'
  /** The connection ended each time it was sent. */
  | 'connection-ended'
  /** The subscription was ended before it was live. */
  | 'unsubscribed'
  /** The page or application gave something that cannot be. */
  | 'invalid-request';

/** Say what was refused, in the server's words where it said something. */
export class FanfareError extends Error {
  override readonly name = 'FanfareError';

  /** @param type a word of the protocol such as `access-denied`, or one of the client's own */
  constructor(
    readonly type: ClientErrorType | (string & {}),
    message: string,
    /** After how many seconds it is worth trying again; absent where trying again does not help. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}
