package dev.fanfare.http;

import org.eclipse.jetty.ee11.webapp.AbstractConfiguration;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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

	/** Keep content types as their publishers write them, in upper or lower case. */
	@Bean
	static WebServerFactoryCustomizer<JettyServletWebServerFactory> headersAsTheyAre() {
		return (factory) -> factory.addServerCustomizers(HttpServerConfiguration::keepCase);
	}

	private static void keepCase(Server server) {
		for (Connector connector : server.getConnectors()) {
			connector.getConnectionFactories()
				.stream()
				.filter(HttpConnectionFactory.class::isInstance)
				.map(HttpConnectionFactory.class::cast)
				.forEach((http) -> http.getHttpConfiguration().setHeaderCacheCaseSensitive(true));
		}
	}

}
