package dev.fanfare.security;

import dev.fanfare.access.Gate;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Put the door into Spring Security: one chain for all requests, with what is needed and
 * nothing else, because each publication passes it. Nothing is kept between requests, so
 * there is no session to be stolen.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	@Bean
	static SecurityFilterChain callers(Gate gate, TokenProperties properties,
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver refusals) {
		return new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, new CallerFilter(gate, properties, refusals));
	}

	/**
	 * Refuse odd paths, and leave to Jetty and Spring MVC what they refuse themselves.
	 */
	@Bean
	static HttpFirewall firewall() {
		StrictHttpFirewall firewall = new StrictHttpFirewall();
		firewall.setUnsafeAllowAnyHttpMethod(true);
		firewall.setAllowSemicolon(true);
		firewall.setAllowedHeaderNames((name) -> true);
		firewall.setAllowedHeaderValues((value) -> true);
		return firewall;
	}

	/** Measure requests once, where Spring does. */
	@Bean
	static SecurityObservationSettings observations() {
		return SecurityObservationSettings.noObservations();
	}

}
