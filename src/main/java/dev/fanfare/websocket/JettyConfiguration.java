package dev.fanfare.websocket;

import java.time.Duration;

import jakarta.servlet.ServletContext;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.ServletContextAware;

/** Set Jetty up for many connections that are read slowly or not at all. */
@Configuration(proxyBeanMethods = false)
class JettyConfiguration implements ServletContextAware {

	/** Connections that wait to be accepted; Linux allows as many by default. */
	private static final int ACCEPT_QUEUE = 4096;

	/**
	 * Bytes that are read at once: a good part of what a socket holds for a publisher who
	 * sends much. Borrowed from a pool for as long as there is something to read.
	 */
	private static final int READ_AT_ONCE = 16 * 1024;

	private final WebSocketProperties properties;

	JettyConfiguration(WebSocketProperties properties) {
		this.properties = properties;
	}

	// Static, as it is asked for before there is a servlet context: an instance made that
	// early would never be given one.
	@Bean
	static WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> sockets(WebSocketProperties properties) {
		return (factory) -> factory.addServerCustomizers(JettyConfiguration::boundNoThreads,
				(server) -> setSockets(server, properties));
	}

	/**
	 * Have no task of Jetty's wait until another one ends.
	 * <p>
	 * Spring Boot lets as many run as {@code server.jetty.threads.max} says. Accepting
	 * and reading are such tasks as well, so that many bodies that come slowly, or
	 * clients that are held back, would stop both. Virtual threads cost little; how many
	 * there are is bounded by the connections, each of which has one task at a time and a
	 * few streams: see {@code fanfare.limits}.
	 */
	private static void boundNoThreads(Server server) {
		if (server.getThreadPool() instanceof VirtualThreadPool pool) {
			pool.setMaxConcurrentTasks(0);
		}
	}

	/**
	 * Keep what the operating system holds for a client small, so that a reader who is
	 * behind shows in its outbox, and a publisher who is held back notices soon. Many
	 * clients may knock at once, after a restart for instance.
	 */
	private static void setSockets(Server server, WebSocketProperties properties) {
		for (Connector connector : server.getConnectors()) {
			if (connector instanceof ServerConnector serverConnector) {
				serverConnector.setAcceptedSendBufferSize((int) properties.sendBuffer().toBytes());
				serverConnector.setAcceptedReceiveBufferSize((int) properties.receiveBuffer().toBytes());
				serverConnector.setAcceptQueueSize(ACCEPT_QUEUE);
				Admission.limit(serverConnector, properties.acceptAtOnce(), properties.requestTimeout());
			}
		}
	}

	@Override
	public void setServletContext(ServletContext servletContext) {
		JettyWebSocketServerContainer container = JettyWebSocketServerContainer.getContainer(servletContext);
		if (container == null) {
			return;
		}
		container.setMaxTextMessageSize(this.properties.maxMessage().toBytes());
		container.setMaxBinaryMessageSize(this.properties.maxMessage().toBytes());
		container.setMaxFrameSize(this.properties.maxMessage().toBytes());
		container.setInputBufferSize(READ_AT_ONCE);
		// Quiet connections are pinged, and silent clients are closed by what they
		// promised; see Outbox.
		container.setIdleTimeout(Duration.ZERO);
		if (!this.properties.compression()) {
			WebSocketServerComponents
				.getWebSocketComponents(ServletContextHandler.getServletContextHandler(servletContext))
				.getExtensionRegistry()
				.unregister(Compression.NAME);
		}
	}

}
