package dev.fanfare.websocket;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/**
 * State that this node takes no more connections; another one, or this one soon, will.
 */
final class Departed extends Refusal {

	Departed() {
		super(ErrorType.SHUTTING_DOWN, "This server is shutting down and takes no more connections. Try again later.");
	}

}
