package dev.fanfare.engine.embedded;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/**
 * State that the log cannot be written or read at the moment.
 * <p>
 * Why is for operators: it names files, which are none of a client's business.
 */
final class StorageFailed extends Refusal {

	private final String reason;

	StorageFailed(String reason) {
		super(ErrorType.STORAGE_FAILED,
				"The log cannot be used at the moment; topics that are kept on disk take nothing until it can.");
		this.reason = reason;
	}

	/** Return why. */
	String reason() {
		return this.reason;
	}

	@Override
	public String toString() {
		return "StorageFailed: " + this.reason;
	}

}
