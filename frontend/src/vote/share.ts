/** One option's part of the whole, as it is drawn and as it is said. */
export interface Share {
  /** How long its bar is, 0 to 1. */
  length: number;
  /** How many ballots mark it. */
  ballots: number;
  /** In percent of the voters, or the average number of stars. */
  figure: number;
}

/** Of one choice among some: which part of the voters made it. */
export function choiceShare(marks: readonly number[], voters: number): Share {
  const ballots = sum(marks);
  const length = voters > 0 ? Math.min(1, ballots / voters) : 0;
  return { length, ballots, figure: Math.round(length * 100) };
}

/** Of a rating: the average of the stars that were given. */
export function ratingShare(marks: readonly number[]): Share {
  const ballots = sum(marks);
  const stars = sum(marks.map((count, index) => count * (index + 1)));
  const average = ballots > 0 ? stars / ballots : 0;
  return { length: average / marks.length, ballots, figure: Math.round(average * 10) / 10 };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
