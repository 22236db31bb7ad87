/** Where a publication stands in its topic; offsets of an epoch count 1, 2, 3 … without holes. */
export interface Position {
  epoch: string;
  offset: number;
}

/** Read `epoch:offset`; anything else is none. */
export function readPosition(text: string | undefined): Position | undefined {
  const [, epoch, offset] = /^(.+):(\d+)$/.exec(text ?? '') ?? [];
  return epoch === undefined ? undefined : { epoch, offset: Number(offset) };
}

/** Tell whether a publication at `next` was delivered before, given that everything up to `last` was. */
export function isRepeated(last: Position | undefined, next: Position): boolean {
  return last?.epoch === next.epoch && next.offset <= last.offset;
}

/** Tell whether nothing is between two positions. */
export function follows(last: Position, next: Position): boolean {
  return last.epoch === next.epoch && next.offset === last.offset + 1;
}
