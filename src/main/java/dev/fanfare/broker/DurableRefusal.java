package dev.fanfare.broker;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;

/** State why a durable subscription is not there for somebody. */
public final class DurableRefusal extends Refusal {

	private DurableRefusal(ErrorType type, String message) {
		super(type, message);
	}

	static DurableRefusal ofAnotherTopic(Cursor cursor, TopicName wanted) {
		return new DurableRefusal(ErrorType.DURABLE_OF_ANOTHER_TOPIC,
				"Durable subscription '%s' is to topic '%s', not to '%s'; unsubscribe it first, or choose another name."
					.formatted(cursor.name(), cursor.topic(), wanted));
	}

	static DurableRefusal tooMany(CursorName name, int limit) {
		return new DurableRefusal(ErrorType.TOO_MANY_DURABLES,
				"Durable subscription '%s' would be one more than the %d that may be (fanfare.broker.max-durables, half of it for guests)."
					.formatted(name, limit));
	}

	static DurableRefusal takenOver(CursorName name) {
		return new DurableRefusal(ErrorType.DURABLE_TAKEN_OVER,
				"Durable subscription '%s' goes on elsewhere: its client has subscribed again, or it was deleted."
					.formatted(name));
	}

	/** State that there is none of that name. */
	public static DurableRefusal unknown(CursorName name) {
		return new DurableRefusal(ErrorType.UNKNOWN_DURABLE, "There is no durable subscription '%s'.".formatted(name));
	}

}
