/** Offers publishing and reading by HTTP. */
@ApplicationModule(allowedDependencies = { "topic", "access", "limits", "broker" })
@NullMarked
package dev.fanfare.http;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
