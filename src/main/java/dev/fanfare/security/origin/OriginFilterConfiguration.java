package dev.fanfare.security.origin;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Put the check of origins before all that could answer. */
@Configuration(proxyBeanMethods = false)
class OriginFilterConfiguration {

	/**
	 * After the filters of Spring Boot that know what a proxy says of a request and that
	 * measure, before Spring Security, whose answers are to be read by allowed pages too.
	 */
	static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

	@Bean
	static FilterRegistrationBean<OriginFilter> originFilter(OriginProperties properties,
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver refusals) {
		var registration = new FilterRegistrationBean<>(new OriginFilter(properties, refusals));
		registration.setOrder(ORDER);
		return registration;
	}

}
