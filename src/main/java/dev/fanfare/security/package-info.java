/** Turns tokens and keys into callers. */
@ApplicationModule(allowedDependencies = { "topic", "access" })
@NullMarked
package dev.fanfare.security;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
