package dev.fanfare.http;

import dev.fanfare.limits.Limits;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Put limits and publishing behind the filters that let callers in, and before all
 * others.
 */
@Configuration(proxyBeanMethods = false)
class PublishFilterConfiguration {

	/** After Spring Security, which is at -100. */
	private static final int ORDER = 0;

	/** After who the caller is, and before all that takes time. */
	private static final int LIMIT_ORDER = -10;

	/** Before Spring Security, and after who may ask at all. */
	private static final int GUESS_ORDER = -110;

	// A provider: filters are made while the web server starts, which is too early for
	// the broker and the engine, whose failure is to be told by itself.
	@Bean
	static FilterRegistrationBean<PublishFilter> publishFilter(ObjectProvider<Publishing> publishing,
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver refusals, JsonMapper mapper) {
		var registration = new FilterRegistrationBean<>(
				new PublishFilter(SingletonSupplier.of(publishing::getObject), refusals, mapper));
		registration.addUrlPatterns(PublishFilter.PATHS);
		registration.setOrder(ORDER);
		return registration;
	}

	@Bean
	static FilterRegistrationBean<LimitFilter> limitFilter(ObjectProvider<Limits> limits, ServerProperties server,
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver refusals) {
		var registration = new FilterRegistrationBean<>(new LimitFilter(SingletonSupplier.of(limits::getObject),
				refusals, HttpServerConfiguration.believesProxies(server)));
		registration.setOrder(LIMIT_ORDER);
		return registration;
	}

	@Bean
	static FilterRegistrationBean<GuessFilter> guessFilter(ObjectProvider<Limits> limits,
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver refusals) {
		var registration = new FilterRegistrationBean<>(
				new GuessFilter(SingletonSupplier.of(limits::getObject), refusals));
		registration.setOrder(GUESS_ORDER);
		return registration;
	}

}
