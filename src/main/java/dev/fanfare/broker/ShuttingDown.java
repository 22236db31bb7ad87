package dev.fanfare.broker;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/** State that this node takes nothing more; another one, or the same one soon, will. */
public final class ShuttingDown extends Refusal {

	ShuttingDown() {
		super(ErrorType.SHUTTING_DOWN, "This server is shutting down and takes no more publications. Try again later.");
	}

}
