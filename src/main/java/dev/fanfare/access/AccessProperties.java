package dev.fanfare.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configure who may do what.
 *
 * @param subscribe who may subscribe to topics
 * @param publish who may publish to topics, over STOMP and HTTP alike
 */
@ConfigurationProperties("fanfare.access")
record AccessProperties(@DefaultValue("everyone") Grant subscribe, @DefaultValue("everyone") Grant publish) {
}
