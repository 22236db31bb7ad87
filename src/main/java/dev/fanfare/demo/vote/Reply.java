package dev.fanfare.demo.vote;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import org.jspecify.annotations.Nullable;

/** Answer one visitor, on {@code /user/queue/vote}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "about")
@JsonSubTypes({ @JsonSubTypes.Type(value = Reply.Opened.class, name = "opened"),
		@JsonSubTypes.Type(value = Reply.Joined.class, name = "joined"),
		@JsonSubTypes.Type(value = Reply.Receipt.class, name = "receipt") })
sealed interface Reply {

	/**
	 * Say which poll was opened.
	 *
	 * @param key by which it was asked for
	 */
	record Opened(PollId poll, String key) implements Reply {
	}

	/**
	 * Say what a poll asks and what of it is the visitor's.
	 *
	 * @param now the server's time, in milliseconds since 1970
	 * @param creator whether the visitor may close it
	 * @param receipt for the visitor's vote, if there is one
	 */
	record Joined(Poll poll, long now, boolean creator, @Nullable Receipt receipt) implements Reply {
	}

	/**
	 * Confirm a vote.
	 *
	 * @param number which one it is among all; it stays when the vote is changed
	 * @param marks that count
	 * @param position where the log has the ballot
	 * @param counts the topic with the counts, where it is for those who have voted
	 */
	record Receipt(PollId poll, int number, List<Integer> marks, String position,
			@Nullable String counts) implements Reply {
	}

}
