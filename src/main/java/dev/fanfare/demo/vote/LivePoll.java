package dev.fanfare.demo.vote;

/**
 * Hold what makes a poll live.
 *
 * @param box takes what is done to it
 * @param board tells how it stands
 */
record LivePoll(BallotBox box, Board board) {
}
