package dev.fanfare.broker;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

/** Count what clients were refused, by type; each edge tells of its own. */
@Component
public class RefusalMeter {

	private final Map<ErrorType, Counter> counters = new EnumMap<>(ErrorType.class);

	RefusalMeter(MeterRegistry registry) {
		for (ErrorType type : ErrorType.values()) {
			this.counters.put(type, registry.counter("fanfare.refusals", "type", type.word()));
		}
	}

	/** Count a refusal that a client is told of. */
	public void count(Refusal refusal) {
		count(refusal.type());
	}

	/** Count a refusal of that type. */
	public void count(ErrorType type) {
		Objects.requireNonNull(this.counters.get(type)).increment();
	}

}
