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
import dev.fanfare.access.Revocation.Target;
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

	private final Map<Target, Revocation> known = new ConcurrentHashMap<>();

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
	public Revocation revoke(Target target, @Nullable Instant until) {
		Instant now = this.clock.instant();
		Instant latest = now.plus(this.properties.maxLifetime()).plus(this.properties.clockSkew());
		if (until != null && (!until.isAfter(now) || until.isAfter(latest))) {
			throw RevocationRefusal.until(until, now, latest);
		}
		Revocation added = add(target, now, (until != null) ? until : latest);
		this.events.publishEvent(new TokensRevoked(added));
		return added;
	}

	private Revocation add(Target target, Instant now, Instant until) {
		this.writing.lock();
		try {
			this.known.values().removeIf((each) -> !each.until().isAfter(now));
			Revocation before = this.known.get(target);
			if (before == null && this.known.size() >= this.properties.maxRevocations()) {
				throw RevocationRefusal.tooMany(this.properties.maxRevocations());
			}
			// Tokens that are taken back for long do not come back sooner.
			Instant later = (before != null && before.until().isAfter(until)) ? before.until() : until;
			Revocation added = new Revocation(target.kind(), target.name(), now, later);
			write(Stream.concat(this.known.values().stream().filter((each) -> each != before), Stream.of(added))
				.toList());
			this.known.put(target, added);
			return added;
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
			.sorted(Comparator.comparing(Revocation::target))
			.toList();
	}

	/** Tell whether the user's token was taken back. */
	boolean cover(Caller.User user) {
		Token token = user.token();
		if (token == null || this.known.isEmpty()) {
			return false;
		}
		Instant now = this.clock.instant();
		Revocation ofUser = find(Kind.USER, user.name(), now);
		return ofUser != null && isBefore(token, ofUser) || find(Kind.TOKEN, token.id(), now) != null
				|| find(Kind.SESSION, token.session(), now) != null;
	}

	/** Tell by the issuer's clock, which may be ahead, so some of a moment later too. */
	private boolean isBefore(Token token, Revocation revocation) {
		return !token.issued().isAfter(revocation.since().plus(this.properties.clockSkew()));
	}

	private @Nullable Revocation find(Kind kind, @Nullable String name, Instant now) {
		Revocation found = (name != null) ? this.known.get(new Target(kind, name)) : null;
		return (found != null && found.until().isAfter(now)) ? found : null;
	}

	@Override
	public void start() {
		this.folder.read(FILE).ifPresent((json) -> {
			try {
				for (Revocation each : this.mapper.readValue(json, Revocation[].class)) {
					this.known.put(each.target(), each);
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

}
