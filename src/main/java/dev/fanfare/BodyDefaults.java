package dev.fanfare;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Leave the bodies of requests to those who know who is asking and how much they may
 * send. What Spring Boot does by itself would read a form or its parts before that, a
 * form of any length wholly into memory; that must not come back where a settings file is
 * another one.
 */
class BodyDefaults implements EnvironmentPostProcessor {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		environment.getPropertySources()
			.addLast(new MapPropertySource("bodyDefaults", Map.of("spring.mvc.formcontent.filter.enabled", "false",
					"spring.servlet.multipart.enabled", "false")));
	}

}
