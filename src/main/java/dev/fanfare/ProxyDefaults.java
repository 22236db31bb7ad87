package dev.fanfare;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Believe no proxy unless settings say that there is one.
 * <p>
 * Spring Boot would believe everybody on a platform such as Kubernetes, where clients of
 * the cluster come without a proxy as well.
 */
class ProxyDefaults implements EnvironmentPostProcessor {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		environment.getPropertySources()
			.addLast(new MapPropertySource("proxyDefaults", Map.of("server.forward-headers-strategy", "none")));
	}

}
