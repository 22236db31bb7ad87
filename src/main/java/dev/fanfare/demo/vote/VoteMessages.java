package dev.fanfare.demo.vote;

import java.time.Clock;
import java.util.UUID;

import dev.fanfare.access.AccessRules;
import dev.fanfare.access.Caller;
import dev.fanfare.demo.Throttle;
import dev.fanfare.demo.Visitor;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.IdempotencyKey;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.stereotype.Controller;

/** Let visitors open, join, vote in and close polls, over STOMP. */
@Controller
@MessageMapping("/vote")
class VoteMessages {

	private static final String ANSWERS = "/queue/vote";

	/** In whose name all together are counted. */
	private static final Visitor EVERYBODY = new Visitor("everybody", null);

	private final Polls polls;

	private final AccessRules access;

	private final VoteProperties properties;

	private final Clock clock;

	private final Throttle opens;

	private final Throttle allOpens;

	private final Throttle casts;

	VoteMessages(Polls polls, AccessRules access, VoteProperties properties, Clock clock) {
		this.polls = polls;
		this.access = access;
		this.properties = properties;
		this.clock = clock;
		this.opens = new Throttle(properties.opens());
		this.allOpens = new Throttle(properties.allOpens());
		this.casts = new Throttle(properties.casts());
	}

	@MessageMapping("/open")
	@SendToUser(destinations = ANSWERS, broadcast = false)
	Reply open(Question question, Visitor visitor, SimpMessageHeaderAccessor headers,
			@Header(name = IdempotencyKey.HEADER, required = false) @Nullable String key) {
		this.opens.take(visitor);
		String name = (key != null) ? new IdempotencyKey(key).value() : UUID.randomUUID().toString();
		PollId id = PollId.of(visitor.id(), name);
		requireSight(headers, id);
		Poll poll = question.poll(id, this.clock.instant(), this.properties.longest());
		if (this.polls.find(id.value()).isEmpty()) {
			// Who asks again begins nothing, and takes nothing of what is for all.
			this.allOpens.take(EVERYBODY);
		}
		this.polls.open(new Entry.Opened(poll, visitor.id(), UUID.randomUUID().toString()));
		return new Reply.Opened(id, name);
	}

	@MessageMapping("/{poll}/join")
	@SendToUser(destinations = ANSWERS, broadcast = false)
	Reply join(@DestinationVariable String poll, Visitor visitor, SimpMessageHeaderAccessor headers) {
		LivePoll found = find(poll, headers);
		this.access.requireHistory(Caller.of(headers.getUser()), found.box().id().board());
		return found.box().at((count, position) -> {
			Entry.Opened opened = count.opened().orElseThrow();
			Reply.Receipt receipt = count.vote(visitor.id())
				.map((vote) -> receipt(opened, vote, position.epoch()))
				.orElse(null);
			return new Reply.Joined(opened.poll(), this.clock.millis(), opened.creator().equals(visitor.id()), receipt);
		});
	}

	@MessageMapping("/{poll}/cast")
	@SendToUser(destinations = ANSWERS, broadcast = false)
	Reply cast(@DestinationVariable String poll, Ballot ballot, Visitor visitor, SimpMessageHeaderAccessor headers,
			@Header(name = IdempotencyKey.HEADER, required = false) @Nullable String key) {
		LivePoll found = find(poll, headers);
		BallotBox box = found.box();
		Entry.Opened opened = box.opened().orElseThrow();
		this.casts.take(visitor);
		Vote vote = box.cast(visitor.id(), ballot.marksFor(opened.poll()), ballotKey(visitor, key));
		this.polls.changed(found);
		return box.at((count, position) -> receipt(opened, vote, position.epoch()));
	}

	@MessageMapping("/{poll}/close")
	void close(@DestinationVariable String poll, Visitor visitor, SimpMessageHeaderAccessor headers) {
		LivePoll found = find(poll, headers);
		if (!found.box().opened().orElseThrow().creator().equals(visitor.id())) {
			throw VoteRefusal.notItsCreator(found.box().id(), "close it");
		}
		this.polls.close(found, true);
	}

	private LivePoll find(String poll, SimpMessageHeaderAccessor headers) {
		LivePoll found = this.polls.find(poll)
			.orElseThrow(() -> VoteRefusal.unknownPoll(ErrorType.UNKNOWN_DESTINATION, poll));
		requireSight(headers, found.box().id());
		return found;
	}

	/** Let nobody take part who may not hear how the poll stands. */
	private void requireSight(SimpMessageHeaderAccessor headers, PollId poll) {
		this.access.requireSubscribe(Caller.of(headers.getUser()), poll.board());
	}

	private static Reply.Receipt receipt(Entry.Opened opened, Vote vote, String epoch) {
		Poll poll = opened.poll();
		String counts = (poll.shown() == Shown.AFTER_VOTING) ? poll.id().counts(opened.key()).value() : null;
		return new Reply.Receipt(poll.id(), vote.number(), vote.marks(), epoch + ":" + vote.offset(), counts);
	}

	/** Keep the keys of different voters apart, which one may know of the other. */
	private static @Nullable IdempotencyKey ballotKey(Visitor visitor, @Nullable String key) {
		return (key != null) ? new IdempotencyKey(Hash.text(visitor.id(), new IdempotencyKey(key).value())) : null;
	}

}
