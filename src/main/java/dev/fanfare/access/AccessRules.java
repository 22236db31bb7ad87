package dev.fanfare.access;

import dev.fanfare.topic.TopicName;

import org.springframework.stereotype.Component;

/** Decide what a caller may do with a topic. */
@Component
public class AccessRules {

	private final AccessProperties properties;

	AccessRules(AccessProperties properties) {
		this.properties = properties;
	}

	/**
	 * Let the caller publish to the topic.
	 * @throws AccessDenied if it may not
	 */
	public void requirePublish(Caller caller, TopicName topic) {
		require(this.properties.publish(), caller, "publish to", topic);
	}

	/**
	 * Let the caller subscribe to the topic.
	 * @throws AccessDenied if it may not
	 */
	public void requireSubscribe(Caller caller, TopicName topic) {
		require(this.properties.subscribe(), caller, "subscribe to", topic);
	}

	private void require(Grant grant, Caller caller, String action, TopicName topic) {
		if (!grant.covers(caller)) {
			throw new AccessDenied(caller, action, topic, grant);
		}
	}

}
