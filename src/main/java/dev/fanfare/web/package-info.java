/**
 * Shows a visitor, in English or Chinese, what happens on a connection to this server.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.fanfare.web;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
