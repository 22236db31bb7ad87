package dev.fanfare.access;

import dev.fanfare.topic.OpenTo;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configure who may do what where no topic's rule says it.
 *
 * @param guests whether those are let in who do not say who they are
 * @param subscribe who may subscribe to topics
 * @param publish who may publish to topics, over STOMP and HTTP alike
 * @param history who may read what topics keep and where they stand
 * @param presence who may see who is in topics; nothing asks for it yet
 * @param reset who may have topics forget what they keep
 * @param operate who may use what is for operators: see and steer the sessions of others,
 * revoke tokens, see the node
 */
@ConfigurationProperties("fanfare.access")
record AccessProperties(@DefaultValue("true") boolean guests, @DefaultValue("granted") OpenTo subscribe,
		@DefaultValue("granted") OpenTo publish, @DefaultValue("granted") OpenTo history,
		@DefaultValue("granted") OpenTo presence, @DefaultValue("granted") OpenTo reset,
		@DefaultValue("granted") OpenTo operate) {
}
