/** The guides of docs/ say what is so: their examples run as they stand. */
@NullMarked
package dev.fanfare.guides;

import org.jspecify.annotations.NullMarked;
