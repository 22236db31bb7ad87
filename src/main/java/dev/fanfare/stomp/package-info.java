/**
 * Speaks STOMP over WebSocket: frames in, frames out, and Spring's message mappings in
 * between.
 */
@ApplicationModule(allowedDependencies = { "topic", "access", "limits", "broker", "websocket" })
@NullMarked
package dev.fanfare.stomp;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
