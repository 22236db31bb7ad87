/**
 * Attacks a server that has small limits, from addresses of its own for each attack, and
 * sees that others are served.
 */
@NullMarked
package dev.fanfare.attack;

import org.jspecify.annotations.NullMarked;
