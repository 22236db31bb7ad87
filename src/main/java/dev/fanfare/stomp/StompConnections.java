package dev.fanfare.stomp;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Find open STOMP connections by Spring's session id. */
@Component
class StompConnections {

	private final Map<String, StompConnection> byId = new ConcurrentHashMap<>();

	void add(StompConnection connection) {
		this.byId.put(connection.id(), connection);
	}

	Optional<StompConnection> find(@Nullable String id) {
		return Optional.ofNullable((id != null) ? this.byId.get(id) : null);
	}

	Optional<StompConnection> remove(String id) {
		return Optional.ofNullable(this.byId.remove(id));
	}

}
