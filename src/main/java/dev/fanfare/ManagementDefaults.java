package dev.fanfare;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Show more where only operators come.
 * <p>
 * On the port of the clients there is the health alone. With
 * {@code management.server.port}, everything to see is served there, to this machine
 * alone, unless settings say otherwise.
 */
class ManagementDefaults implements EnvironmentPostProcessor {

	private static final String PORT = "management.server.port";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (!TracingWhenAsked.isAsked(environment)) {
			// Or lines of the log would have an empty place for the trace.
			addLast(environment, "tracingDefaults", Map.of("management.tracing.export.enabled", "false"));
		}
		String port = environment.getProperty(PORT);
		if (port == null || port.isBlank() || isThatOfClients(port, environment)) {
			return;
		}
		addLast(environment, "managementDefaults",
				Map.of("management.server.address", "127.0.0.1", "management.endpoints.web.exposure.include",
						"health,info,metrics,prometheus,sbom,loggers,threaddump",
						"management.endpoint.health.show-details", "always",
						// These two are on the port of the clients as well.
						"management.endpoint.health.group.liveness.show-details", "never",
						"management.endpoint.health.group.readiness.show-details", "never"));
	}

	private static void addLast(ConfigurableEnvironment environment, String name, Map<String, Object> defaults) {
		environment.getPropertySources().addLast(new MapPropertySource(name, defaults));
	}

	private static boolean isThatOfClients(String port, ConfigurableEnvironment environment) {
		// Two that are 0 are two ports.
		return !port.equals("0") && port.equals(environment.getProperty("server.port", "8080"));
	}

}
