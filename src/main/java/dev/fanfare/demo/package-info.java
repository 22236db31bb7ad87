/** Shows small applications that are built on what Fanfare offers every application. */
@ApplicationModule(allowedDependencies = { "topic", "access", "limits", "broker", "websocket" })
@NullMarked
package dev.fanfare.demo;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
