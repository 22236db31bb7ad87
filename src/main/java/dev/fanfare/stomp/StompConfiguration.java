package dev.fanfare.stomp;

import java.util.List;
import java.util.concurrent.Executor;

import dev.fanfare.limits.Limits;
import dev.fanfare.websocket.WebSocketEndpoints;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.annotation.support.SimpAnnotationMethodMessageHandler;
import org.springframework.messaging.simp.broker.AbstractBrokerMessageHandler;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.user.UserDestinationResolver;
import org.springframework.messaging.support.AbstractSubscribableChannel;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.config.annotation.DelegatingWebSocketMessageBrokerConfiguration;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;

/**
 * Put Fanfare's broker and protocol handler into Spring's messaging, and leave the rest
 * as Spring developers know it.
 * <p>
 * Applications add controllers with message mappings,
 * {@code WebSocketMessageBrokerConfigurer}s and interceptors as always. All channels work
 * on the caller's thread.
 */
@Configuration(proxyBeanMethods = false)
class StompConfiguration extends DelegatingWebSocketMessageBrokerConfiguration {

	private static final Destinations DESTINATIONS = new Destinations(List.of("/app/"), "/user/");

	private final StompProperties properties;

	private final WebSocketEndpoints endpoints;

	private final ObjectProvider<TopicRequests> topics;

	private final ObjectProvider<StompProtocolHandler> protocol;

	private final StompConnections connections;

	private final ObjectProvider<Limits> limits;

	// Providers: the broker and the handler publish metrics and events, whose
	// infrastructure comes up after this.
	StompConfiguration(StompProperties properties, WebSocketEndpoints endpoints, ObjectProvider<TopicRequests> topics,
			ObjectProvider<StompProtocolHandler> protocol, StompConnections connections,
			ObjectProvider<Limits> limits) {
		this.properties = properties;
		this.endpoints = endpoints;
		this.topics = topics;
		this.protocol = protocol;
		this.connections = connections;
		this.limits = limits;
	}

	@Bean
	static Destinations destinations() {
		return DESTINATIONS;
	}

	@Override
	protected void configureMessageBroker(MessageBrokerRegistry registry) {
		registry.setApplicationDestinationPrefixes(DESTINATIONS.application().toArray(String[]::new));
		registry.setUserDestinationPrefix(DESTINATIONS.user());
		super.configureMessageBroker(registry);
	}

	@Override
	protected void registerStompEndpoints(StompEndpointRegistry registry) {
		registry.addEndpoint(this.properties.path())
			.setHandshakeHandler(this.endpoints.handshakes())
			// Whose pages may connect is decided before, for all requests alike.
			.setAllowedOrigins("*");
		super.registerStompEndpoints(registry);
	}

	@Bean
	@Override
	public Executor clientInboundChannelExecutor() {
		return new SyncTaskExecutor();
	}

	@Bean
	@Override
	public Executor clientOutboundChannelExecutor() {
		return new SyncTaskExecutor();
	}

	@Bean
	@Override
	public AbstractBrokerMessageHandler simpleBrokerMessageHandler(AbstractSubscribableChannel clientInboundChannel,
			AbstractSubscribableChannel clientOutboundChannel, AbstractSubscribableChannel brokerChannel,
			UserDestinationResolver userDestinationResolver) {
		StompBroker handler = new StompBroker(clientInboundChannel, clientOutboundChannel, brokerChannel,
				this.topics.getObject(), this.connections, this.limits.getObject().inside());
		handler.setPhase(getPhase());
		return handler;
	}

	@Override
	protected SimpAnnotationMethodMessageHandler createAnnotationMethodMessageHandler(
			AbstractSubscribableChannel clientInboundChannel, AbstractSubscribableChannel clientOutboundChannel,
			SimpMessagingTemplate brokerMessagingTemplate) {
		return new ControllerMessageHandler(clientInboundChannel, clientOutboundChannel, brokerMessagingTemplate);
	}

	@Bean
	@Override
	public WebSocketHandler subProtocolWebSocketHandler(AbstractSubscribableChannel clientInboundChannel,
			AbstractSubscribableChannel clientOutboundChannel) {
		SubProtocolWebSocketHandler handler = new UndecoratedWebSocketHandler(clientInboundChannel,
				clientOutboundChannel);
		handler.setPhase(getPhase());
		return handler;
	}

	@Bean
	@Override
	public HandlerMapping stompWebSocketHandlerMapping(WebSocketHandler subProtocolWebSocketHandler,
			TaskScheduler messageBrokerTaskScheduler, AbstractSubscribableChannel clientInboundChannel) {
		HandlerMapping mapping = super.stompWebSocketHandlerMapping(subProtocolWebSocketHandler,
				messageBrokerTaskScheduler, clientInboundChannel);
		SubProtocolWebSocketHandler handler = (SubProtocolWebSocketHandler) WebSocketHandlerDecorator
			.unwrap(subProtocolWebSocketHandler);
		// Registering the endpoints has put Spring's own protocol handler in; ours takes
		// its place.
		handler.setProtocolHandlers(List.of(this.protocol.getObject()));
		return mapping;
	}

}
