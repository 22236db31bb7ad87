package dev.fanfare.access;

import java.time.Clock;
import java.util.function.BooleanSupplier;

import dev.fanfare.topic.Action;
import dev.fanfare.topic.OpenTo;
import dev.fanfare.topic.TopicName;
import dev.fanfare.topic.TopicRule;
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
	 * Let the caller publish to the topic.
	 * @param rule that the topic is under, for who has looked it up
	 * @throws dev.fanfare.topic.Refusal if it may not
	 */
	public void requirePublish(Caller caller, TopicName topic, TopicRule rule) {
		require(caller, Action.PUBLISH, topic, rule);
	}

	/**
	 * Let the caller publish to some topic, before it is known to which. Where the
	 * application has an {@link Authorizer}, which decides topic by topic, whoever is let
	 * in may.
	 * @throws dev.fanfare.topic.Refusal if no rule and no grant lets it publish anything
	 */
	public void requirePublishSomething(Caller caller) {
		requireEntry(caller);
		if (this.authorizer != null) {
			return;
		}
		BooleanSupplier granted = () -> grants(caller).allowSome(Action.PUBLISH);
		if (this.rules.rules().stream().noneMatch((rule) -> covers(openTo(Action.PUBLISH, rule), caller, granted))) {
			throw new AccessDenied(caller, "publish to any topic", this.properties.publish());
		}
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
	 * Tell whether anybody at all may read what the topic keeps. Where an authorizer
	 * decides, nobody can say that.
	 */
	public boolean isHistoryForEveryone(TopicName topic) {
		return this.authorizer == null && this.properties.guests()
				&& openTo(Action.HISTORY, this.rules.of(topic)) == OpenTo.EVERYONE;
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
		if (!covers(openTo, caller, () -> grants.operate() || grants.allow(Action.HISTORY))) {
			throw new AccessDenied(caller, "list topics", openTo);
		}
	}

	/**
	 * Tell whether a topic is on the list that the caller gets: operators see all, others
	 * those that they may read.
	 */
	public boolean mayList(Caller caller, TopicName topic) {
		if (covers(this.properties.operate(), caller, () -> grants(caller).operate())) {
			return true;
		}
		return switch (verdict(caller, Action.HISTORY, topic)) {
			case ALLOW -> true;
			case DENY -> false;
			case BY_RULES -> covers(openTo(Action.HISTORY, this.rules.of(topic)), caller,
					() -> grants(caller).allow(Action.HISTORY, topic));
		};
	}

	/**
	 * Let the caller use what is for operators.
	 * @throws dev.fanfare.topic.Refusal if it may not
	 */
	public void requireOperate(Caller caller) {
		requireEntry(caller);
		if (!covers(this.properties.operate(), caller, () -> grants(caller).operate())) {
			throw new AccessDenied(caller, "operate this server", this.properties.operate());
		}
	}

	private void require(Caller caller, Action action, TopicName topic) {
		require(caller, action, topic, this.rules.of(topic));
	}

	private void require(Caller caller, Action action, TopicName topic, TopicRule rule) {
		if (caller instanceof Caller.Application) {
			return;
		}
		requireEntry(caller);
		switch (verdict(caller, action, topic)) {
			case ALLOW -> {
			}
			case DENY -> throw AccessDenied.byAuthorizer(caller, described(action, topic));
			case BY_RULES -> {
				OpenTo openTo = openTo(action, rule);
				if (!covers(openTo, caller, () -> grants(caller).allow(action, topic))) {
					throw new AccessDenied(caller, described(action, topic), openTo);
				}
			}
		}
	}

	private Authorizer.Verdict verdict(Caller caller, Action action, TopicName topic) {
		if (this.authorizer == null) {
			return Authorizer.Verdict.BY_RULES;
		}
		try (LogContext context = LogContext.of(null, caller.principal())) {
			return this.authorizer.decide(caller, action, topic);
		}
		catch (RuntimeException ex) {
			logger.error("The application's authorizer failed, so nobody may {}", described(action, topic), ex);
			return Authorizer.Verdict.DENY;
		}
	}

	private OpenTo openTo(Action action, TopicRule rule) {
		OpenTo ruled = rule.access().get(action);
		return (ruled != null) ? ruled : switch (action) {
			case SUBSCRIBE -> this.properties.subscribe();
			case PUBLISH -> this.properties.publish();
			case HISTORY -> this.properties.history();
			case PRESENCE -> this.properties.presence();
			case RESET -> this.properties.reset();
		};
	}

	/**
	 * Tell whether the caller is among them.
	 * @param granted asked only where it matters: it goes through patterns
	 */
	private static boolean covers(OpenTo openTo, Caller caller, BooleanSupplier granted) {
		return caller instanceof Caller.Application || switch (openTo) {
			case EVERYONE -> true;
			case AUTHENTICATED -> caller instanceof Caller.User || granted.getAsBoolean();
			case GRANTED -> granted.getAsBoolean();
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
