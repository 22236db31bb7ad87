import type { Frame } from './link.ts';
import type { Headers, Publication } from './types.ts';

const TOPIC = '/topic/';

/** Name the topic of a destination, if it is one's. */
export function topicOf(destination: string): string | undefined {
  return destination.startsWith(TOPIC) ? destination.slice(TOPIC.length) : undefined;
}

/** A topic may be called by its name alone. */
export function destinationOf(name: string): string {
  return name.startsWith('/') ? name : TOPIC + name;
}

/** A MESSAGE as the application sees it. */
export class Message implements Publication {
  readonly destination: string;
  readonly headers: Readonly<Headers>;
  readonly bytes: Uint8Array;

  constructor({ headers, body }: Frame) {
    this.headers = headers;
    this.destination = headers['destination'] ?? '';
    this.bytes = typeof body === 'string' ? new TextEncoder().encode(body) : (body ?? new Uint8Array());
  }

  get topic(): string | undefined {
    return topicOf(this.destination);
  }

  get position(): string | undefined {
    return this.topic === undefined ? undefined : this.headers['message-id'];
  }

  get timestamp(): number | undefined {
    const time = this.headers['timestamp'];
    return time === undefined ? undefined : Number(time);
  }

  get contentType(): string | undefined {
    return this.headers['content-type'];
  }

  text(): string {
    return new TextDecoder().decode(this.bytes);
  }

  json<T = unknown>(): T {
    return JSON.parse(this.text()) as T;
  }
}
