package dev.fanfare.demo.game;

import org.jspecify.annotations.Nullable;

/**
 * Remember what came of a buzz.
 *
 * @param player who had the turn
 * @param choice what they chose; nothing if their time ran out
 * @param right whether that is the answer
 * @param points what it brought or cost them
 */
record Try(String player, @Nullable Integer choice, boolean right, int points) {
}
