/** What the server says of polls, as it comes. */

export type Kind = 'single' | 'multiple' | 'rating';
export type Shown = 'always' | 'after-voting' | 'after-close';

export interface Poll {
  id: string;
  question: string;
  options: string[];
  kind: Kind;
  /** How many options a ballot may mark. */
  most: number;
  shown: Shown;
  /** Milliseconds since 1970, by the server's clock. */
  opened: number;
  closes: number;
}

/** How a poll stands, up to a position of its log. */
export interface Standing {
  version: string;
  voters: number;
  closed: number | null;
  /** For each option how many ballots give it the mark 1, 2 and so on; nothing where it is not shown. */
  marks: number[][] | null;
}

export interface Receipt {
  poll: string;
  number: number;
  marks: number[];
  position: string;
  /** The topic of the counts, where they are for those who have voted. */
  counts: string | null;
}

export type Reply =
  | { about: 'opened'; poll: string; key: string }
  | { about: 'joined'; poll: Poll; now: number; creator: boolean; receipt: Receipt | null }
  | ({ about: 'receipt' } & Receipt);

/** What somebody wants to ask. */
export interface Question {
  question: string;
  options: string[];
  kind: Kind;
  most?: number;
  shown: Shown;
  seconds?: number;
}
