package dev.fanfare.demo.vote;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/** State why something that was asked of a poll is not done. */
final class VoteRefusal extends Refusal {

	private VoteRefusal(ErrorType type, String message) {
		super(type, message);
	}

	/** State that no poll is there, where a message or request ({@code asked}) went. */
	static VoteRefusal unknownPoll(ErrorType asked, String id) {
		return new VoteRefusal(asked,
				"There is no poll '%s': its link has 8 letters and digits, and after some weeks polls go."
					.formatted(id));
	}

	static VoteRefusal closed(PollId poll) {
		return new VoteRefusal(ErrorType.REJECTED, "Poll '%s' is closed: no vote counts any more.".formatted(poll));
	}

	static VoteRefusal full(PollId poll, long entries) {
		return new VoteRefusal(ErrorType.REJECTED,
				"Poll '%s' has had %d ballots and changes, as many as its log keeps for sure.".formatted(poll,
						entries));
	}

	static VoteRefusal notItsCreator(PollId poll, String action) {
		return new VoteRefusal(ErrorType.ACCESS_DENIED,
				"Only who has opened poll '%s' may %s.".formatted(poll, action));
	}

	static VoteRefusal hidden(PollId poll, Shown shown) {
		return new VoteRefusal(ErrorType.ACCESS_DENIED, "The counts of poll '%s' are shown %s.".formatted(poll,
				(shown == Shown.AFTER_VOTING) ? "to who has voted, until it is closed" : "when it is closed"));
	}

	static VoteRefusal tooManyPolls(int most) {
		return new VoteRefusal(ErrorType.TOO_MANY_TOPICS,
				"There may be %d polls (fanfare.demo.vote.max-polls), and none can be let go now: try again later."
					.formatted(most));
	}

	/**
	 * State that an id is taken, which does not happen to who makes up keys at random.
	 */
	static VoteRefusal otherPoll(PollId poll) {
		return new VoteRefusal(ErrorType.IDEMPOTENCY_CONFLICT,
				"Another poll was opened with this idempotency-key, '%s': use a new key.".formatted(poll));
	}

}
