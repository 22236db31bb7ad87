/** Asks a STOMP server, Fanfare or another, for every rule of the specification. */
package dev.fanfare.conformance;
