package dev.fanfare.demo.chat;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/** State that somebody wants to change what another has said. */
final class NotYours extends Refusal {

	NotYours(String of) {
		super(ErrorType.ACCESS_DENIED,
				"What is at %s was not said by you; only who said something may edit or delete it.".formatted(of));
	}

}
