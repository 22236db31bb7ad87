package dev.fanfare.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configure who may do what.
 *
 * @param subscribe who may subscribe to topics
 * @param publish who may publish to topics, over STOMP and HTTP alike
 * @param history who may read what topics keep and where they stand
 * @param reset who may have topics forget what they keep
 * @param operate who may see and steer the sessions of others
 */
@ConfigurationProperties("fanfare.access")
record AccessProperties(@DefaultValue("everyone") Grant subscribe, @DefaultValue("everyone") Grant publish,
		@DefaultValue("everyone") Grant history, @DefaultValue("everyone") Grant reset,
		@DefaultValue("nobody") Grant operate) {
}
