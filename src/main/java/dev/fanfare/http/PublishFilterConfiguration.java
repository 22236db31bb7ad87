package dev.fanfare.http;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Put publishing behind the filters that let callers in, and before all others. */
@Configuration(proxyBeanMethods = false)
class PublishFilterConfiguration {

	/** After Spring Security, which is at -100. */
	private static final int ORDER = 0;

	@Bean
	static FilterRegistrationBean<PublishFilter> publishFilter(Publishing publishing,
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver refusals, JsonMapper mapper) {
		var registration = new FilterRegistrationBean<>(new PublishFilter(publishing, refusals, mapper));
		registration.addUrlPatterns(PublishFilter.PATHS);
		registration.setOrder(ORDER);
		return registration;
	}

}
