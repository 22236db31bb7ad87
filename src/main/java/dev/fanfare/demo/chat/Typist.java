package dev.fanfare.demo.chat;

/**
 * Tell who is typing: a publication beside the room, which nobody keeps.
 *
 * @param author the id of the visitor
 * @param name by which it is shown
 */
record Typist(String author, String name) {
}
