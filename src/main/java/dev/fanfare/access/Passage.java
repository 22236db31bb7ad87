package dev.fanfare.access;

/**
 * Mark a filter that publishing need not pass, because it does nothing with a plain
 * request to publish that is not done without it: see {@link Entrance}.
 */
public interface Passage {

}
