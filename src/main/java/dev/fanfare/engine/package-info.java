/** Orders, keeps and announces publications: in this process, or for several nodes. */
@ApplicationModule(allowedDependencies = { "topic", "broker" })
@NullMarked
package dev.fanfare.engine;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
