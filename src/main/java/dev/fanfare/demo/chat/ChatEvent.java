package dev.fanfare.demo.chat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * Tell what happened in a room: a publication of its topic, in JSON.
 * <p>
 * Who reads them in their order knows the room: an event whose author and id were seen
 * before is the same event again, and what was deleted stays so.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({ @JsonSubTypes.Type(name = "said", value = ChatEvent.Said.class),
		@JsonSubTypes.Type(name = "edited", value = ChatEvent.Edited.class),
		@JsonSubTypes.Type(name = "deleted", value = ChatEvent.Deleted.class) })
sealed interface ChatEvent {

	/** Return the id that its author gave it. */
	String id();

	/**
	 * Return the {@linkplain dev.fanfare.demo.Visitor#id() id} of the visitor who did it.
	 */
	String author();

	/**
	 * Somebody said something.
	 *
	 * @param name by which its author is shown
	 * @param text in Markdown
	 */
	record Said(String id, String author, String name, String text) implements ChatEvent {
	}

	/**
	 * Its author changed what was said.
	 *
	 * @param of the position of what was said
	 * @param text what it says now
	 */
	record Edited(String id, String author, String of, String text) implements ChatEvent {
	}

	/**
	 * Its author took back what was said.
	 *
	 * @param of the position of what was said
	 */
	record Deleted(String id, String author, String of) implements ChatEvent {
	}

}
