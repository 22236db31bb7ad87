package dev.fanfare;

import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/** Another settings file does not bring back what reads bodies too early. */
class BodyDefaultsTests {

	@Test
	void formsAndTheirPartsAreNotReadAhead() {
		StandardEnvironment environment = new StandardEnvironment();

		new BodyDefaults().postProcessEnvironment(environment, new SpringApplication());

		assertThat(environment.getProperty("spring.mvc.formcontent.filter.enabled")).isEqualTo("false");
		assertThat(environment.getProperty("spring.servlet.multipart.enabled")).isEqualTo("false");
	}

}
