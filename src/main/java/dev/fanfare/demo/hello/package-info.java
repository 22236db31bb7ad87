/** Greets one client or all of them, over STOMP, bare WebSockets and HTTP. */
@NullMarked
package dev.fanfare.demo.hello;

import org.jspecify.annotations.NullMarked;
