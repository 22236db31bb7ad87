package dev.fanfare.access;

import java.time.Clock;

import dev.fanfare.topic.Action;
import dev.fanfare.topic.OpenTo;
import dev.fanfare.topic.TopicName;
import dev.fanfare.topic.TopicRules;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Decide what a caller may do with a topic: by the application's {@link Authorizer} where
 * there is one, else by the topic's rule, and by {@code fanfare.access} where that says
 * nothing.
 */
@Component
public class AccessRules {

	private static final Logger logger = LoggerFactory.getLogger(AccessRules.class);

	private final AccessProperties properties;

	private final TopicRules rules;

	private final @Nullable Authorizer authorizer;

	private final Clock clock;

	AccessRules(AccessProperties properties, TopicRules rules, ObjectProvider<Authorizer> authorizer, Clock clock) {
		this.properties = properties;
		this.rules = rules;
		this.authorizer = authorizer.getIfAvailable();
		this.clock = clock;
	}

	/**
	 * Let the caller in, whatever it wants.
	 * @throws NotAdmitted if it is a guest and guests are not let in, or its token has
	 * ended
	 */
	public void requireEntry(Caller caller) {
		if (caller instanceof Caller.Guest && !this.properties.guests()) {
			throw NotAdmitted.guest();
		}
		if (caller instanceof Caller.User user && user.token() != null
				&& user.token().isExpired(this.clock.instant())) {
			throw NotAdmitted.expired(user.token().expires());
		}
	}

	/**
	 * Let the caller publish to the topic.
	 * @throws dev.fanfare.topic.Refusal if it may not
	 */
	public void requirePublish(Caller caller, TopicName topic) {
		require(caller, Action.PUBLISH, topic);
	}

	/**
	 * Let the caller subscribe to the topic.
	 * @throws dev.fanfare.topic.Refusal if it may not
	 */
	public void requireSubscribe(Caller caller, TopicName topic) {
		require(caller, Action.SUBSCRIBE, topic);
	}

	/**
	 * Let the caller read what the topic keeps and where it stands.
	 * @throws dev.fanfare.topic.Refusal if it may not
	 */
	public void requireHistory(Caller caller, TopicName topic) {
		require(caller, Action.HISTORY, topic);
	}

	/**
	 * Let the caller see who is in the topic.
	 * @throws dev.fanfare.topic.Refusal if it may not
	 */
	public void requirePresence(Caller caller, TopicName topic) {
		require(caller, Action.PRESENCE, topic);
	}

	/**
	 * Let the caller have the topic forget what it keeps.
	 * @throws dev.fanfare.topic.Refusal if it may not
	 */
	public void requireReset(Caller caller, TopicName topic) {
		require(caller, Action.RESET, topic);
	}

	/**
	 * Let the caller see which topics there are, all of them: where that is for those to
	 * whom it is granted, for operators and for who may read every history.
	 * @throws dev.fanfare.topic.Refusal if it may not
	 */
	public void requireList(Caller caller) {
		requireEntry(caller);
		OpenTo openTo = this.properties.history();
		Grants grants = grants(caller);
		if (!covers(openTo, caller, grants.operate() || grants.allow(Action.HISTORY))) {
			throw new AccessDenied(caller, "list topics", openTo);
		}
	}

	/**
	 * Tell whether a topic is on the list that the caller gets: operators see all, others
	 * those that they may read.
	 */
	public boolean mayList(Caller caller, TopicName topic) {
		if (covers(this.properties.operate(), caller, grants(caller).operate())) {
			return true;
		}
		return switch (verdict(caller, Action.HISTORY, topic)) {
			case ALLOW -> true;
			case DENY -> false;
			case BY_RULES -> covers(openTo(Action.HISTORY, topic), caller, grants(caller).allow(Action.HISTORY, topic));
		};
	}

	/**
	 * Let the caller use what is for operators.
	 * @throws dev.fanfare.topic.Refusal if it may not
	 */
	public void requireOperate(Caller caller) {
		requireEntry(caller);
		if (!covers(this.properties.operate(), caller, grants(caller).operate())) {
			throw new AccessDenied(caller, "operate this server", this.properties.operate());
		}
	}

	private void require(Caller caller, Action action, TopicName topic) {
		if (caller instanceof Caller.Application) {
			return;
		}
		requireEntry(caller);
		switch (verdict(caller, action, topic)) {
			case ALLOW -> {
			}
			case DENY -> throw AccessDenied.byAuthorizer(caller, described(action, topic));
			case BY_RULES -> {
				OpenTo openTo = openTo(action, topic);
				if (!covers(openTo, caller, grants(caller).allow(action, topic))) {
					throw new AccessDenied(caller, described(action, topic), openTo);
				}
			}
		}
	}

	private Authorizer.Verdict verdict(Caller caller, Action action, TopicName topic) {
		if (this.authorizer == null) {
			return Authorizer.Verdict.BY_RULES;
		}
		try {
			return this.authorizer.decide(caller, action, topic);
		}
		catch (RuntimeException ex) {
			logger.error("The application's authorizer failed, so nobody may {}", described(action, topic), ex);
			return Authorizer.Verdict.DENY;
		}
	}

	private OpenTo openTo(Action action, TopicName topic) {
		OpenTo ruled = this.rules.of(topic).access().get(action);
		return (ruled != null) ? ruled : switch (action) {
			case SUBSCRIBE -> this.properties.subscribe();
			case PUBLISH -> this.properties.publish();
			case HISTORY -> this.properties.history();
			case PRESENCE -> this.properties.presence();
			case RESET -> this.properties.reset();
		};
	}

	private static boolean covers(OpenTo openTo, Caller caller, boolean granted) {
		return caller instanceof Caller.Application || switch (openTo) {
			case EVERYONE -> true;
			case AUTHENTICATED -> caller instanceof Caller.User || granted;
			case GRANTED -> granted;
			case NOBODY -> false;
		};
	}

	private static Grants grants(Caller caller) {
		return switch (caller) {
			case Caller.User user -> user.grants();
			case Caller.Key key -> key.grants();
			case Caller.Application _, Caller.Guest _ -> Grants.NONE;
		};
	}

	private static String described(Action action, TopicName topic) {
		return "%s '%s'".formatted(action.words(), topic);
	}

}
