package dev.fanfare;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

class ProxyDefaultsTests {

	private static final String STRATEGY = "server.forward-headers-strategy";

	@ParameterizedTest
	@CsvSource({ "other, x, none", "server.forward-headers-strategy, native, native" })
	void noProxyIsBelievedUnlessSettingsSaySo(String setting, String value, String strategy) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addLast(new MapPropertySource("settings", Map.of(setting, value)));

		new ProxyDefaults().postProcessEnvironment(environment, new SpringApplication());

		assertThat(environment.getProperty(STRATEGY)).isEqualTo(strategy);
	}

	@Test
	void itIsAskedAtEachStart() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
			.load(EnvironmentPostProcessor.class, (type, name, failure) -> {
			})).hasAtLeastOneElementOfType(ProxyDefaults.class);
	}

}
