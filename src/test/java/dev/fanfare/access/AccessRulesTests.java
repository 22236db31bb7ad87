package dev.fanfare.access;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.fanfare.testing.ManualClock;
import dev.fanfare.topic.Action;
import dev.fanfare.topic.Durability;
import dev.fanfare.topic.OpenTo;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.Rate;
import dev.fanfare.topic.Retention;
import dev.fanfare.topic.TopicName;
import dev.fanfare.topic.TopicPattern;
import dev.fanfare.topic.TopicRule;
import dev.fanfare.topic.TopicRules;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class AccessRulesTests {

	private static final TopicName TOPIC = new TopicName("ruled.one");

	private final ManualClock clock = new ManualClock();

	@ParameterizedTest
	@CsvSource({ "EVERYONE, guest user stranger key other application", "AUTHENTICATED, user stranger key application",
			"GRANTED, user key application", "NOBODY, application" })
	void aRuleIsOpenToThoseItSays(OpenTo openTo, String expected) {
		AccessRules rules = rules(Map.of(Action.SUBSCRIBE, openTo), true, null);

		assertThat(callers().entrySet()
			.stream()
			.filter((caller) -> may(() -> rules.requireSubscribe(caller.getValue(), TOPIC)))
			.map(Map.Entry::getKey)).containsExactlyInAnyOrder(expected.split(" "));
	}

	@Test
	void whatARuleLeavesOutIsClosedToThoseToWhomNothingIsGranted() {
		AccessRules rules = rules(Map.of(Action.SUBSCRIBE, OpenTo.EVERYONE), true, null);
		Caller guest = new Caller.Guest();

		assertThat(may(() -> rules.requireSubscribe(guest, TOPIC))).isTrue();
		assertThat(may(() -> rules.requirePublish(guest, TOPIC))).isFalse();
		assertThat(may(() -> rules.requireHistory(guest, TOPIC))).isFalse();
		assertThat(may(() -> rules.requirePresence(guest, TOPIC))).isFalse();
		assertThat(may(() -> rules.requireReset(guest, TOPIC))).isFalse();
		assertThat(may(() -> rules.requireList(guest))).isFalse();
		assertThat(may(() -> rules.requireOperate(guest))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "EVERYONE, guest user reader key other application", "AUTHENTICATED, user reader key application",
			"GRANTED, user key application", "NOBODY, application" })
	void whoMayPublishSomethingIsKnownBeforeTheTopicIs(OpenTo openTo, String expected) {
		AccessRules rules = rules(Map.of(Action.PUBLISH, openTo), true, null);
		Grants some = new Grants(Map.of(Action.PUBLISH, List.of(new TopicPattern("some.*"))), false);
		Grants reading = new Grants(Map.of(Action.SUBSCRIBE, List.of(new TopicPattern("**"))), true);
		Map<String, Caller> callers = Map.of("guest", new Caller.Guest(), "user", new Caller.User("ada", some, null),
				"reader", new Caller.User("bob", reading, null), "key", new Caller.Key("shop", some), "other",
				new Caller.Key("till", reading), "application", new Caller.Application());

		assertThat(callers.entrySet()
			.stream()
			.filter((caller) -> may(() -> rules.requirePublishSomething(caller.getValue())))
			.map(Map.Entry::getKey)).containsExactlyInAnyOrder(expected.split(" "));
	}

	@Test
	void anAuthorizerKnowsOnlyOfATopicWhoMayPublish() {
		AccessRules rules = rules(Map.of(Action.PUBLISH, OpenTo.NOBODY), true,
				(caller, action, topic) -> Authorizer.Verdict.DENY);

		assertThatNoException().isThrownBy(() -> rules.requirePublishSomething(new Caller.Guest()));
	}

	@Test
	void operatorsAreThoseToWhomThatIsGranted() {
		AccessRules rules = rules(Map.of(), true, null);
		Caller operator = new Caller.Key("ops", new Grants(Map.of(), true));

		assertThat(may(() -> rules.requireOperate(operator))).isTrue();
		assertThat(may(() -> rules.requireList(operator))).isTrue();
		assertThat(may(() -> rules.requirePublish(operator, TOPIC))).isFalse();
	}

	@Test
	void aListHasWhatItsReaderMayRead() {
		AccessRules closed = rules(Map.of(Action.HISTORY, OpenTo.NOBODY), true, null);
		AccessRules open = rules(Map.of(Action.HISTORY, OpenTo.EVERYONE), true, null);
		Caller reader = new Caller.User("ada",
				new Grants(Map.of(Action.HISTORY, List.of(new TopicPattern("**"))), false), null);

		assertThat(closed.mayList(reader, TOPIC)).isFalse();
		assertThat(open.mayList(reader, TOPIC)).isTrue();
		assertThat(closed.mayList(new Caller.Key("ops", new Grants(Map.of(), true)), TOPIC)).isTrue();
		assertThat(closed.mayList(new Caller.Application(), TOPIC)).isTrue();
	}

	@Test
	void whereGuestsAreNotLetInNothingIsOpenToThem() {
		AccessRules rules = rules(Map.of(Action.SUBSCRIBE, OpenTo.EVERYONE), false, null);

		assertThatExceptionOfType(NotAdmitted.class).isThrownBy(() -> rules.requireSubscribe(new Caller.Guest(), TOPIC))
			.withMessageContaining("fanfare.access.guests");
		assertThatNoException().isThrownBy(() -> rules.requireSubscribe(new Caller.User("ada"), TOPIC));
	}

	@Test
	void aTokenThatHasEndedIsGoodForNothing() {
		AccessRules rules = rules(Map.of(Action.SUBSCRIBE, OpenTo.EVERYONE), true, null);
		Token token = new Token(null, null, this.clock.instant(), this.clock.instant().plusSeconds(1));
		Caller user = new Caller.User("ada", Grants.NONE, token);
		rules.requireSubscribe(user, TOPIC);

		this.clock.advance(Duration.ofSeconds(1));

		assertThatExceptionOfType(NotAdmitted.class).isThrownBy(() -> rules.requireSubscribe(user, TOPIC))
			.withMessageContaining("expired");
	}

	@ParameterizedTest
	@EnumSource
	void theAuthorizerOfTheApplicationDecides(Authorizer.Verdict verdict) {
		AccessRules rules = rules(Map.of(Action.PUBLISH, OpenTo.EVERYONE, Action.RESET, OpenTo.NOBODY), true,
				(caller, action, topic) -> verdict);
		Caller user = new Caller.User("ada");

		assertThat(may(() -> rules.requirePublish(user, TOPIC))).isEqualTo(verdict != Authorizer.Verdict.DENY);
		assertThat(may(() -> rules.requireReset(user, TOPIC))).isEqualTo(verdict == Authorizer.Verdict.ALLOW);
		assertThat(may(() -> rules.requirePublish(new Caller.Application(), TOPIC))).isTrue();
	}

	@Test
	void anAuthorizerThatFailsAllowsNothing() {
		AccessRules rules = rules(Map.of(Action.PUBLISH, OpenTo.EVERYONE), true, (caller, action, topic) -> {
			throw new IllegalStateException("for a test");
		});

		assertThatExceptionOfType(AccessDenied.class)
			.isThrownBy(() -> rules.requirePublish(new Caller.User("ada"), TOPIC))
			.withMessage("User 'ada' may not publish to 'ruled.one': the application does not allow it.");
	}

	private static Map<String, Caller> callers() {
		Grants these = new Grants(Map.of(Action.SUBSCRIBE, List.of(new TopicPattern("ruled.*"))), false);
		Grants others = new Grants(Map.of(Action.SUBSCRIBE, List.of(new TopicPattern("other.**"))), true);
		return Map.of("guest", new Caller.Guest(), "user", new Caller.User("ada", these, null), "stranger",
				new Caller.User("bob", others, null), "key", new Caller.Key("shop", these), "other",
				new Caller.Key("till", others), "application", new Caller.Application());
	}

	private static boolean may(Runnable action) {
		try {
			action.run();
			return true;
		}
		catch (Refusal refusal) {
			return false;
		}
	}

	private AccessRules rules(Map<Action, OpenTo> access, boolean guests, @Nullable Authorizer authorizer) {
		AccessProperties properties = new AccessProperties(guests, OpenTo.GRANTED, OpenTo.GRANTED, OpenTo.GRANTED,
				OpenTo.GRANTED, OpenTo.GRANTED, OpenTo.GRANTED);
		TopicRule rule = new TopicRule(new TopicPattern("**"), Durability.NONE, Retention.NOTHING, 100, Duration.ZERO,
				Rate.NONE, access);
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		if (authorizer != null) {
			beans.addBean("authorizer", authorizer);
		}
		return new AccessRules(properties, new TopicRules(List.of(rule)), beans.getBeanProvider(Authorizer.class),
				this.clock);
	}

}
