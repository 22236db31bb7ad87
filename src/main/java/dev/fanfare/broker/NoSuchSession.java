package dev.fanfare.broker;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/** State that no session has that id, or none has it any more. */
public final class NoSuchSession extends Refusal {

	NoSuchSession(String id) {
		super(ErrorType.UNKNOWN_SESSION, "No session has the id '%s'; GET /api/sessions lists those that are open."
			.formatted((id.length() <= 80) ? id : id.substring(0, 80) + "..."));
	}

}
