package dev.fanfare.demo.chat;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/** State that no further room can begin. */
final class TooManyRooms extends Refusal {

	TooManyRooms(Room room, int most) {
		super(ErrorType.TOO_MANY_TOPICS,
				("Room '%s' cannot begin: there are %d, as many as may be (fanfare.demo.chat.max-rooms). "
						+ "Go to one of them; a room that has been quiet for long is forgotten.")
					.formatted(room.value(), most));
	}

}
