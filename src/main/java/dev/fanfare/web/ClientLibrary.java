package dev.fanfare.web;

import java.util.List;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Let any page import the clients from here; whether it may connect is decided where it
 * connects.
 */
@Configuration(proxyBeanMethods = false)
class ClientLibrary implements WebMvcConfigurer {

	@Override
	public void addCorsMappings(CorsRegistry registry) {
		for (String library : List.of("/assets/client.js", "/assets/stomp.js")) {
			registry.addMapping(library).allowedOrigins("*").allowedMethods("GET", "HEAD");
		}
	}

}
