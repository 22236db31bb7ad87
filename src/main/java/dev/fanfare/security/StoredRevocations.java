package dev.fanfare.security;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import dev.fanfare.access.Caller;
import dev.fanfare.access.Revocation;
import dev.fanfare.access.Revocation.Kind;
import dev.fanfare.access.Revocations;
import dev.fanfare.access.Token;
import dev.fanfare.access.TokensRevoked;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keep revocations in one file of the data folder, written anew for each: there are few,
 * {@code fanfare.access.token.max-revocations} at most, and each is forgotten when the
 * tokens have ended anyway.
 */
@Component
class StoredRevocations implements Revocations, SmartLifecycle {

	private static final String FILE = "revocations.json";

	private final SecurityFolder folder;

	private final TokenProperties properties;

	private final Clock clock;

	private final JsonMapper mapper;

	private final ApplicationEventPublisher events;

	private final Map<Named, Revocation> known = new ConcurrentHashMap<>();

	/**
	 * Guards the file and what is written into {@link #known}; held while it is synced.
	 */
	private final ReentrantLock writing = new ReentrantLock();

	private volatile boolean running;

	StoredRevocations(SecurityFolder folder, TokenProperties properties, Clock clock, JsonMapper mapper,
			ApplicationEventPublisher events) {
		this.folder = folder;
		this.properties = properties;
		this.clock = clock;
		this.mapper = mapper;
		this.events = events;
	}

	@Override
	public Revocation revoke(Kind kind, String name, @Nullable Instant until) {
		Instant now = this.clock.instant();
		Instant latest = now.plus(this.properties.maxLifetime()).plus(this.properties.clockSkew());
		if (until != null && (!until.isAfter(now) || until.isAfter(latest))) {
			throw RevocationRefusal.until(until, now, latest);
		}
		Revocation added = new Revocation(kind, name, now, (until != null) ? until : latest);
		add(added, now);
		this.events.publishEvent(new TokensRevoked(added));
		return added;
	}

	private void add(Revocation added, Instant now) {
		Named named = new Named(added.kind(), added.name());
		this.writing.lock();
		try {
			this.known.values().removeIf((each) -> !each.until().isAfter(now));
			if (!this.known.containsKey(named) && this.known.size() >= this.properties.maxRevocations()) {
				throw RevocationRefusal.tooMany(this.properties.maxRevocations());
			}
			write(Stream
				.concat(this.known.entrySet()
					.stream()
					.filter((entry) -> !entry.getKey().equals(named))
					.map(Map.Entry::getValue), Stream.of(added))
				.toList());
			this.known.put(named, added);
		}
		finally {
			this.writing.unlock();
		}
	}

	private void write(List<Revocation> all) {
		try {
			this.folder.write(FILE, this.mapper.writeValueAsString(all));
		}
		catch (UncheckedIOException ex) {
			throw RevocationRefusal.notStored(String.valueOf(ex.getCause()));
		}
	}

	@Override
	public List<Revocation> all() {
		Instant now = this.clock.instant();
		return this.known.values()
			.stream()
			.filter((each) -> each.until().isAfter(now))
			.sorted(Comparator.comparing(Revocation::since).reversed())
			.toList();
	}

	/** Tell whether the user's token was taken back. */
	boolean cover(Caller.User user) {
		Token token = user.token();
		if (token == null || this.known.isEmpty()) {
			return false;
		}
		Revocation ofUser = this.known.get(new Named(Kind.USER, user.name()));
		return ofUser != null && !token.issued().isAfter(ofUser.since()) || names(Kind.TOKEN, token.id())
				|| names(Kind.SESSION, token.session());
	}

	private boolean names(Kind kind, @Nullable String name) {
		return name != null && this.known.containsKey(new Named(kind, name));
	}

	@Override
	public void start() {
		this.folder.read(FILE).ifPresent((json) -> {
			try {
				for (Revocation each : this.mapper.readValue(json, Revocation[].class)) {
					this.known.put(new Named(each.kind(), each.name()), each);
				}
			}
			catch (JacksonException ex) {
				throw new IllegalStateException(
						"%s does not hold revocations; restore it, or delete it to let revoked tokens count again."
							.formatted(this.folder.file(FILE).toAbsolutePath()),
						ex);
			}
		});
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Come after the engine, which says what is wrong with the data folder. */
	@Override
	public int getPhase() {
		return 0;
	}

	private record Named(Kind kind, String name) {
	}

}
