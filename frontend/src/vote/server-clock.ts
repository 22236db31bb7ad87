/** Knows the server's time from what it said, by the answer that took the least time. */
export class ServerClock {
  private ahead = 0;
  private doubt = Infinity;

  /**
   * Learn from an answer.
   *
   * @param asked when it was asked for and when it came, in this machine's milliseconds
   * @param said the server's time in between
   */
  learn(asked: number, said: number, answered: number): void {
    const doubt = answered - asked;
    if (doubt <= this.doubt) {
      this.doubt = doubt;
      this.ahead = said - (asked + answered) / 2;
    }
  }

  /** The server's time, in milliseconds since 1970. */
  now(here = Date.now()): number {
    return here + this.ahead;
  }
}
