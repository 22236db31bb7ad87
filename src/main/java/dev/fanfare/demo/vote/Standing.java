package dev.fanfare.demo.vote;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Say how a poll stands, as all hear it on its topic.
 *
 * @param version up to which position of the log this is counted: of two, the one that is
 * further is newer
 * @param voters how many have voted
 * @param closed when it was closed, in milliseconds since 1970, if it was
 * @param marks for each option how many ballots give it the mark 1, 2 and so on; nothing
 * where it is not shown to all
 */
record Standing(String version, int voters, @Nullable Long closed, @Nullable List<List<Integer>> marks) {
}
