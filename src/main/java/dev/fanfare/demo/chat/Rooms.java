package dev.fanfare.demo.chat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import dev.fanfare.access.AccessRules;
import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.TopicState;
import dev.fanfare.demo.Throttle;
import dev.fanfare.demo.Visitor;

import org.springframework.stereotype.Component;

/**
 * Know which rooms there are: those in which something was said that the log has not
 * forgotten.
 */
@Component
class Rooms {

	private static final Caller APPLICATION = new Caller.Application();

	/** In whose name all together are counted. */
	private static final Visitor EVERYBODY = new Visitor("everybody", null);

	private static final int SHOWN = 50;

	private final AccessRules access;

	private final Broker broker;

	private final int most;

	private final Throttle opens;

	Rooms(AccessRules access, Broker broker, ChatProperties properties) {
		this.access = access;
		this.broker = broker;
		this.most = properties.maxRooms();
		this.opens = new Throttle(properties.allOpens());
	}

	/** Tell whether anything was said there. */
	boolean has(Room room) {
		return this.broker.state(APPLICATION, room.topic()).position().offset() > 0;
	}

	/**
	 * Let a room begin if it has not. A few more than may be are let through when several
	 * begin at the same moment.
	 * @throws dev.fanfare.demo.TooFast if too many have begun lately
	 * @throws TooManyRooms if there are as many as may be
	 */
	void open(Room room) {
		if (has(room)) {
			return;
		}
		this.opens.take(EVERYBODY);
		if (all().count() >= this.most) {
			throw new TooManyRooms(room, this.most);
		}
	}

	/**
	 * List the rooms in which something happened last, of those that the caller may read.
	 */
	List<RoomState> latest(Caller caller) {
		this.access.requireEntry(caller);
		return all().filter((topic) -> this.access.mayList(caller, topic.topic()))
			.map((topic) -> new RoomState(name(topic), topic.position().toString(), topic.count(), topic.timestamp()))
			.sorted(Comparator.comparingLong(RoomState::timestamp).reversed())
			.limit(SHOWN)
			.toList();
	}

	private Stream<TopicState> all() {
		// Beside each room is the topic of those who type there.
		int enough = 2 * this.most + SHOWN;
		return this.broker.topics(APPLICATION, Room.PREFIX, null, enough)
			.stream()
			.filter((topic) -> topic.position().offset() > 0 && name(topic).indexOf('.') < 0);
	}

	private static String name(TopicState topic) {
		return topic.topic().value().substring(Room.PREFIX.length());
	}

}
