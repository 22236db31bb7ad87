package dev.fanfare.demo.chat;

/**
 * Tell where a room stands.
 *
 * @param room as it stands in the names of its topics
 * @param position that of what happened last there
 * @param events how much of what happened is kept
 * @param timestamp when something happened last, in milliseconds since 1970
 */
record RoomState(String room, String position, long events, long timestamp) {
}
