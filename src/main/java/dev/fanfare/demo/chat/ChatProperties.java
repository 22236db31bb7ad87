package dev.fanfare.demo.chat;

import dev.fanfare.topic.Rate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configure the chat.
 *
 * @param maxRooms rooms there may be at once; in one more nothing can be said
 * @param rate how often a visitor may say, edit and delete something
 * @param allOpens how often all together may begin a room
 */
@ConfigurationProperties("fanfare.demo.chat")
record ChatProperties(@DefaultValue("1000") int maxRooms, @DefaultValue("1/s burst 10") Rate rate,
		@DefaultValue("60/m") Rate allOpens) {
}
