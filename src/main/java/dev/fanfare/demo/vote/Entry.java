package dev.fanfare.demo.vote;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Say what was done to a poll; its log is made of these. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({ @JsonSubTypes.Type(value = Entry.Opened.class, name = "opened"),
		@JsonSubTypes.Type(value = Entry.Cast.class, name = "cast"),
		@JsonSubTypes.Type(value = Entry.Closed.class, name = "closed") })
sealed interface Entry {

	/**
	 * Begin the log.
	 *
	 * @param creator the id of the visitor who may close it
	 * @param key names the topic with the counts, where it is only for who has voted
	 */
	record Opened(Poll poll, String creator, String key) implements Entry {
	}

	/**
	 * Take the place of what the voter cast before.
	 *
	 * @param voter the id of a visitor
	 * @param marks one for each option, 0 for none
	 */
	record Cast(String voter, List<Integer> marks) implements Entry {
	}

	/**
	 * End the poll: what comes after it in the log does not count.
	 *
	 * @param early whether its creator did, rather than its time
	 */
	record Closed(boolean early) implements Entry {
	}

}
