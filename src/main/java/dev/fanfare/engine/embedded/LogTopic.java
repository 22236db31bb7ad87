package dev.fanfare.engine.embedded;

import dev.fanfare.topic.TopicName;

/**
 * Hold what the log says of a topic.
 *
 * @param id the number that stands for it in the keys of its publications
 */
record LogTopic(TopicName name, int id, Head head) {
}
