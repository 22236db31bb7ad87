package dev.fanfare.broker;

import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

import dev.fanfare.access.AccessRules;
import dev.fanfare.access.Caller;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Keep the open sessions of this node for operators, in the order of their ids. Edges add
 * and remove theirs; bounded by the connections. No lock is taken, so whoever lists them
 * holds up nobody.
 */
@Component
public class Sessions {

	private final AccessRules access;

	private final NavigableMap<String, Session> open = new ConcurrentSkipListMap<>();

	Sessions(AccessRules access) {
		this.access = access;
	}

	/** Show a session that has begun. */
	public void add(Session session) {
		this.open.put(session.id(), session);
	}

	/** Show a session no more; it has ended. */
	public void remove(String id) {
		this.open.remove(id);
	}

	/** Return how many there are, about. */
	public int count(Caller caller) {
		this.access.requireOperate(caller);
		return this.open.size();
	}

	/**
	 * Find one.
	 * @throws dev.fanfare.topic.Refusal if the caller may not, or there is none
	 */
	public Session find(Caller caller, String id) {
		this.access.requireOperate(caller);
		Session session = this.open.get(id);
		if (session == null) {
			throw new NoSuchSession(id);
		}
		return session;
	}

	/**
	 * List some by their ids.
	 * @param after only ids after this one
	 * @throws dev.fanfare.topic.Refusal if the caller may not
	 */
	public List<Session> list(Caller caller, Predicate<Session> wanted, @Nullable String after, int limit) {
		this.access.requireOperate(caller);
		NavigableMap<String, Session> rest = (after != null) ? this.open.tailMap(after, false) : this.open;
		return rest.values().stream().filter(wanted).limit(limit).toList();
	}

	/**
	 * Return all of a user.
	 * @throws dev.fanfare.topic.Refusal if the caller may not
	 */
	public List<Session> of(Caller caller, String user) {
		return list(caller, (session) -> isOf(session, user), null, Integer.MAX_VALUE);
	}

	/** Tell whether a session is one of that user. */
	public static boolean isOf(Session session, String user) {
		var known = session.user();
		return known != null && user.equals(known.getName());
	}

}
