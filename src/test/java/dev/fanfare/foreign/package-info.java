/** Talks to the server with the clients of others, none of which knows of it. */
@NullMarked
package dev.fanfare.foreign;

import org.jspecify.annotations.NullMarked;
