package dev.fanfare.engine.embedded;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/** State that the log cannot be written or read at the moment. */
final class StorageFailed extends Refusal {

	StorageFailed(String why) {
		super(ErrorType.STORAGE_FAILED,
				"The log cannot be used (%s); topics that are kept on disk take nothing until it can.".formatted(why));
	}

}
