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

	/**
	 * Let the caller read what the topic keeps and where it stands.
	 * @throws AccessDenied if it may not
	 */
	public void requireHistory(Caller caller, TopicName topic) {
		require(this.properties.history(), caller, "read the history of", topic);
	}

	/**
	 * Let the caller see which topics there are.
	 * @throws AccessDenied if it may not
	 */
	public void requireList(Caller caller) {
		if (!this.properties.history().covers(caller)) {
			throw new AccessDenied(caller, "list topics", this.properties.history());
		}
	}

	/**
	 * Let the caller have the topic forget what it keeps.
	 * @throws AccessDenied if it may not
	 */
	public void requireReset(Caller caller, TopicName topic) {
		require(this.properties.reset(), caller, "reset the history of", topic);
	}

	/**
	 * Let the caller see and steer the sessions of others, and the node.
	 * @throws AccessDenied if it may not
	 */
	public void requireOperate(Caller caller) {
		if (!this.properties.operate().covers(caller)) {
			throw new AccessDenied(caller, "operate this server", this.properties.operate());
		}
	}

	private static void require(Grant grant, Caller caller, String action, TopicName topic) {
		if (!grant.covers(caller)) {
			throw new AccessDenied(caller, "%s '%s'".formatted(action, topic), grant);
		}
	}

}
