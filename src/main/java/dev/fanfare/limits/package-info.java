/**
 * Bounds what one connection, user, address and the whole node may have and do, whatever
 * way it comes.
 */
@ApplicationModule(allowedDependencies = { "topic", "access" })
@NullMarked
package dev.fanfare.limits;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
