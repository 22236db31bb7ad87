package dev.fanfare.http;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Give the OpenAPI description its name. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

	@Bean
	static OpenAPI description(ObjectProvider<BuildProperties> build) {
		String version = build.stream().map(BuildProperties::getVersion).findFirst().orElse("dev");
		return new OpenAPI().info(new Info().title("Fanfare").version(version));
	}

}
