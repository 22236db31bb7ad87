/** Holds the application's starting point and nothing else. */
@NullMarked
package dev.fanfare;

import org.jspecify.annotations.NullMarked;
