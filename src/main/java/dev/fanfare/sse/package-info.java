/** Offers subscriptions to clients that speak only HTTP, as Server-Sent Events. */
@ApplicationModule(allowedDependencies = { "topic", "access", "limits", "broker", "websocket" })
@NullMarked
package dev.fanfare.sse;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
