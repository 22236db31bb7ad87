/**
 * Runs a server under test and talks to it as many clients do, over plain sockets.
 */
package dev.fanfare.testing;
