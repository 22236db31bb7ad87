/** Says who is calling and what they may do. */
@ApplicationModule(allowedDependencies = "topic")
@NullMarked
package dev.fanfare.access;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
