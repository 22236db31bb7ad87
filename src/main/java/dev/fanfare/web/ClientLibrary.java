package dev.fanfare.web;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Let any page import the STOMP client from here; whether it may connect is decided where
 * it connects.
 */
@Configuration(proxyBeanMethods = false)
class ClientLibrary implements WebMvcConfigurer {

	@Override
	public void addCorsMappings(CorsRegistry registry) {
		registry.addMapping("/assets/stomp.js").allowedOrigins("*").allowedMethods("GET", "HEAD");
	}

}
