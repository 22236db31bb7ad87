/**
 * Plays a quiz with a buzzer: the server is the referee, a topic's log is the game, and
 * everybody folds it to the same state.
 */
@NullMarked
package dev.fanfare.demo.game;

import org.jspecify.annotations.NullMarked;
