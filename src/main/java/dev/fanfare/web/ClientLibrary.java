package dev.fanfare.web;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Let any page import the clients from here; whether it may connect is decided where it
 * connects.
 */
@Configuration(proxyBeanMethods = false)
class ClientLibrary implements WebMvcConfigurer {

	/** Has the connection that the tabs of an origin share: it obeys its own policy. */
	private static final String WORKER = "/assets/client-worker.js";

	private static final String WORKER_POLICY = "default-src 'none'; connect-src 'self'";

	private static final List<String> LIBRARIES = List.of("/assets/client.js", "/assets/stomp.js");

	@Override
	public void addCorsMappings(CorsRegistry registry) {
		for (String library : LIBRARIES) {
			registry.addMapping(library).allowedOrigins("*").allowedMethods("GET", "HEAD");
		}
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new WorkerHeaders()).addPathPatterns(WORKER);
	}

	private static final class WorkerHeaders implements HandlerInterceptor {

		@Override
		public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
			response.setHeader("Content-Security-Policy", WORKER_POLICY);
			// Its address does not change with its content.
			response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
			return true;
		}

	}

}
