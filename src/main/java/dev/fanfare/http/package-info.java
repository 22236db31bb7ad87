/** Offers publishing and reading by HTTP. */
@ApplicationModule(allowedDependencies = { "topic", "access", "broker" })
@NullMarked
package dev.fanfare.http;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
