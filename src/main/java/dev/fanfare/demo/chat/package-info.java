/** Lets visitors talk in rooms, each of them a topic whose log is all there is. */
@NullMarked
package dev.fanfare.demo.chat;

import org.jspecify.annotations.NullMarked;
