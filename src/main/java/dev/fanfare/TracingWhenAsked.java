package dev.fanfare;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leave tracing out unless there is somewhere to send traces to: what is there and sends
 * nothing would still be asked about each request.
 */
class TracingWhenAsked implements AutoConfigurationImportFilter, EnvironmentAware {

	private static final List<String> ENDPOINTS = List.of("management.opentelemetry.tracing.export.otlp.endpoint",
			"management.otlp.tracing.endpoint");

	private static final List<String> TRACING = List.of("org.springframework.boot.micrometer.tracing.",
			"org.springframework.boot.opentelemetry.");

	private boolean asked;

	/** Tell whether there is somewhere to send traces to. */
	static boolean isAsked(Environment environment) {
		return ENDPOINTS.stream().anyMatch(environment::containsProperty);
	}

	@Override
	public void setEnvironment(Environment environment) {
		this.asked = isAsked(environment);
	}

	@Override
	public boolean[] match(@Nullable String[] configurations, AutoConfigurationMetadata metadata) {
		boolean[] kept = new boolean[configurations.length];
		for (int at = 0; at < kept.length; at++) {
			kept[at] = this.asked || !isTracing(configurations[at]);
		}
		return kept;
	}

	private static boolean isTracing(@Nullable String configuration) {
		return configuration != null && TRACING.stream().anyMatch(configuration::startsWith);
	}

}
