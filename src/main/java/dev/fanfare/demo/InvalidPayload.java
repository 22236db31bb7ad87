package dev.fanfare.demo;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/**
 * State that an application does not accept what it was sent.
 * <p>
 * Thrown by the constructor of a record that a body is read into, or by the method that
 * takes it, its message reaches the sender.
 */
public final class InvalidPayload extends Refusal {

	/** State why: the message names the value that was wrong and what would be right. */
	public InvalidPayload(String message) {
		super(ErrorType.INVALID_PAYLOAD, message);
	}

}
