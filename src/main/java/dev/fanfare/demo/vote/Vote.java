package dev.fanfare.demo.vote;

import java.util.List;

/**
 * Hold what counts of one voter.
 *
 * @param number the voter's place among all, by their first ballots; from 1
 * @param marks one for each option, 0 for none
 * @param offset where the newest ballot is in the log
 * @param time when that was, in milliseconds since 1970
 */
record Vote(int number, List<Integer> marks, long offset, long time) {
}
