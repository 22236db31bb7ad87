/**
 * Decides which pages may use the server, and tells browsers what they may do with its
 * answers.
 */
@NullMarked
package dev.fanfare.security.origin;

import org.jspecify.annotations.NullMarked;
