/** Orders and announces publications within this process. */
@NullMarked
package dev.fanfare.engine.embedded;

import org.jspecify.annotations.NullMarked;
