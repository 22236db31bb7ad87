/**
 * Lets people vote: what they did is in a log on disk, and every count is the fold of it.
 */
@NullMarked
package dev.fanfare.demo.vote;

import org.jspecify.annotations.NullMarked;
