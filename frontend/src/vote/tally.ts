import type { Standing } from './types.ts';

/**
 * Holds how a poll stands as far as is known, and never goes back.
 *
 * Standings come from several places (what all hear, what voters hear, what is replayed after a cut), so an older one
 * may come after a newer one. It is passed over: positions of one epoch are compared by their offsets. Another epoch is
 * another log, which counts from then on.
 */
export class Tally {
  voters = 0;
  closed: number | null = null;
  marks: number[][] | undefined;
  private version: string | undefined;
  private marksVersion: string | undefined;

  /** Take what is newer of it, and tell whether anything was. */
  accept({ version, voters, closed, marks }: Standing): boolean {
    const newer = isNewer(version, this.version);
    if (newer) {
      this.version = version;
      this.voters = voters;
      this.closed = closed;
    }
    const newerMarks = marks !== null && isNewer(version, this.marksVersion);
    if (newerMarks) {
      this.marksVersion = version;
      this.marks = marks;
    }
    return newer || newerMarks;
  }
}

function isNewer(version: string, known: string | undefined): boolean {
  if (known === undefined) {
    return true;
  }
  const [epoch, offset] = parts(version);
  const [knownEpoch, knownOffset] = parts(known);
  return epoch !== knownEpoch || offset > knownOffset;
}

function parts(version: string): [epoch: string, offset: number] {
  const colon = version.lastIndexOf(':');
  return [version.slice(0, colon), Number(version.slice(colon + 1))];
}
