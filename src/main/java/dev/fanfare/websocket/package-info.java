/**
 * Keeps connections, of WebSockets above all: what waits to be sent, who reads too
 * slowly, why each one ends.
 */
@ApplicationModule(allowedDependencies = { "topic", "access", "limits", "broker" })
@NullMarked
package dev.fanfare.websocket;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
