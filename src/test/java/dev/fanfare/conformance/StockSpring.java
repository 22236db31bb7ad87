package dev.fanfare.conformance;

import java.net.URI;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** Run Spring's simple broker as its reference says, with nothing of Fanfare's. */
final class StockSpring implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	StockSpring() {
		// No application.yml: that one is Fanfare's.
		this.context = new SpringApplicationBuilder(Broker.class).web(WebApplicationType.SERVLET)
			.run("--spring.config.name=stock", "--server.port=0", "--server.address=127.0.0.1");
	}

	URI address() {
		return URI
			.create("ws://127.0.0.1:" + ((WebServerApplicationContext) this.context).getWebServer().getPort() + "/ws");
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Set the broker up; no component of Fanfare's, so that no scan of tests finds it.
	 */
	@EnableAutoConfiguration(exclude = { ServletWebSecurityAutoConfiguration.class,
			SecurityFilterAutoConfiguration.class, ManagementWebSecurityAutoConfiguration.class })
	@EnableWebSocketMessageBroker
	static class Broker implements WebSocketMessageBrokerConfigurer {

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
			scheduler.initialize();
			registry.enableSimpleBroker("/topic")
				.setTaskScheduler(scheduler)
				.setHeartbeatValue(new long[] { 1000, 1000 });
			registry.setApplicationDestinationPrefixes("/app");
			registry.setPreservePublishOrder(true);
		}

		/** One thread, so that its answers come in order. */
		@Override
		public void configureClientInboundChannel(ChannelRegistration registration) {
			registration.taskExecutor().corePoolSize(1).maxPoolSize(1);
		}

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			registry.addEndpoint("/ws");
		}

	}

}
