package dev.fanfare.security.origin;

import java.util.Objects;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * Put the same check before management on a port of its own: that is a web server of its
 * own, which a page in an operator's browser may reach as well. Nobody is to call it by a
 * name that is not listed: it has no keys, and where it is bound is all that protects it.
 */
// Spring Boot imports it into the context of that server, as META-INF/spring tells it to.
// It must not be found by scanning, or the check would stand before the main port twice.
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class ManagementOriginConfiguration {

	@Bean
	static FilterRegistrationBean<OriginFilter> managementOriginFilter(
			@Qualifier("originFilter") FilterRegistrationBean<OriginFilter> onTheMainPort) {
		var registration = new FilterRegistrationBean<>(
				Objects.requireNonNull(onTheMainPort.getFilter()).forListedHosts());
		registration.setOrder(onTheMainPort.getOrder());
		return registration;
	}

}
