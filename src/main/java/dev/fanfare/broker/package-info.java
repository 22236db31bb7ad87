/**
 * Accepts drafts, has the engine order them, and hands publications to the subscriptions
 * of this node.
 */
@ApplicationModule(allowedDependencies = { "topic", "access", "limits" })
@NullMarked
package dev.fanfare.broker;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
