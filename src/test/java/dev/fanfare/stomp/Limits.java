package dev.fanfare.stomp;

import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Make the settings of STOMP, all as they are unless said otherwise. */
final class Limits {

	/** The most bytes of a body that {@code application.yml} allows. */
	static final int MAX_BODY = 64 * 1024;

	private Limits() {
	}

	/** Return the settings with others in place of some, such as "max-headers". */
	static StompProperties with(Map<String, Object> changed) {
		Map<String, Object> source = new HashMap<>();
		changed.forEach((name, value) -> source.put("fanfare.stomp." + name, value));
		return new Binder(new MapConfigurationPropertySource(source)).bindOrCreate("fanfare.stomp",
				StompProperties.class);
	}

	static StompProperties defaults() {
		return with(Map.of());
	}

}
