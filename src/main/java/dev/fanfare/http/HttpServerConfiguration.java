package dev.fanfare.http;

import java.util.function.Consumer;
import java.util.function.Supplier;

import org.eclipse.jetty.ee11.webapp.AbstractConfiguration;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

/** Have Jetty hand on headers as they are and answer errors with problems. */
@Configuration(proxyBeanMethods = false)
class HttpServerConfiguration {

	@Bean
	static WebServerFactoryCustomizer<JettyServletWebServerFactory> problems(JsonMapper mapper) {
		JettyProblems problems = new JettyProblems(mapper);
		return (factory) -> {
			factory.addServerCustomizers((server) -> server.setErrorHandler(problems));
			// Configured last, so that it takes the place of the handler Spring Boot
			// sets.
			factory.addConfigurations(new AbstractConfiguration(new AbstractConfiguration.Builder()) {
				@Override
				public void configure(WebAppContext context) {
					context.setErrorHandler(problems);
				}
			});
		};
	}

	/** Have no body take longer than it may, whoever reads it. */
	@Bean
	static WebServerFactoryCustomizer<JettyServletWebServerFactory> bodiesInTime(HttpProperties properties) {
		return (factory) -> factory
			.addServerCustomizers((server) -> server.insertHandler(new BodyDeadline(properties.bodyTimeout())));
	}

	/** Have who publishes answered before the servlets where nothing is against it. */
	@Bean
	static WebServerFactoryCustomizer<JettyServletWebServerFactory> publishingBeforeServlets(
			ObjectProvider<ShortWay> way) {
		Supplier<ShortWay> complete = SingletonSupplier.of(way::getObject);
		return (factory) -> factory.addServerCustomizers((server) -> PublishHandler.install(server, complete));
	}

	/** Believe of proxies what is known to come from them. */
	@Bean
	static WebServerFactoryCustomizer<JettyServletWebServerFactory> forwardedHeaders(ServerProperties server) {
		return (factory) -> {
			if (believesProxies(server)) {
				// Before Spring Boot adds what reads these headers.
				factory.addServerCustomizers(
						(jetty) -> configure(jetty, (http) -> http.addCustomizer(new ForwardedHeaders())));
			}
		};
	}

	/** Tell whether what a proxy says of its clients counts. */
	static boolean believesProxies(ServerProperties server) {
		ForwardHeadersStrategy strategy = server.getForwardHeadersStrategy();
		return strategy != null && strategy != ForwardHeadersStrategy.NONE;
	}

	/** Keep content types as their publishers write them, in upper or lower case. */
	@Bean
	static WebServerFactoryCustomizer<JettyServletWebServerFactory> headersAsTheyAre() {
		return (factory) -> factory.addServerCustomizers(HttpServerConfiguration::keepCase);
	}

	private static void keepCase(Server server) {
		configure(server, (http) -> http.setHeaderCacheCaseSensitive(true));
	}

	private static void configure(Server server, Consumer<HttpConfiguration> change) {
		for (Connector connector : server.getConnectors()) {
			connector.getConnectionFactories()
				.stream()
				.filter(HttpConnectionFactory.class::isInstance)
				.map(HttpConnectionFactory.class::cast)
				.map(HttpConnectionFactory::getHttpConfiguration)
				.forEach(change);
		}
	}

}
