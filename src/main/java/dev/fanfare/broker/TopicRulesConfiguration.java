package dev.fanfare.broker;

import dev.fanfare.topic.TopicRules;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Give everybody the topics' rules. */
@Configuration(proxyBeanMethods = false)
class TopicRulesConfiguration {

	@Bean
	static TopicRules topicRules(Environment environment, BrokerProperties properties) {
		return new TopicRulesReader(environment, properties.maxPayload()).read();
	}

}
