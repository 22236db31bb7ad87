package dev.fanfare.demo.chat;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.fanfare.access.AccessRules;
import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.demo.Throttle;
import dev.fanfare.demo.Visitor;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.IdempotencyKey;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.Rate;
import dev.fanfare.topic.TopicName;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.stereotype.Controller;

/**
 * Take what visitors say, check it and put it into the room's topic. A RECEIPT says that
 * it is there.
 */
@Controller
@MessageMapping("/chat")
class ChatController {

	private static final Caller APPLICATION = new Caller.Application();

	private static final Rate TYPING = Rate.valueOf("2/s burst 5");

	private static final Rate LISTING = Rate.valueOf("2/s burst 20");

	private final AccessRules access;

	private final Broker broker;

	private final Rooms rooms;

	private final JsonMapper json;

	private final Throttle saying;

	private final Throttle typing = new Throttle(TYPING);

	private final Throttle listing = new Throttle(LISTING);

	ChatController(AccessRules access, Broker broker, Rooms rooms, JsonMapper json, ChatProperties properties) {
		this.access = access;
		this.broker = broker;
		this.rooms = rooms;
		this.json = json;
		this.saying = new Throttle(properties.rate());
	}

	@MessageMapping("/rooms")
	@SendToUser(destinations = "/queue/chat/rooms", broadcast = false)
	List<RoomState> rooms(SimpMessageHeaderAccessor headers) {
		// By their connection, as guests need not say who they are to look.
		this.listing.take(new Visitor(Objects.requireNonNull(headers.getSessionId()), null));
		return this.rooms.latest(Caller.of(headers.getUser()));
	}

	@MessageMapping("/{room}/say")
	void say(@DestinationVariable Room room, Visitor visitor, Say said, SimpMessageHeaderAccessor headers) {
		requireSight(headers, room);
		this.saying.take(visitor);
		this.rooms.open(room);
		publish(room, visitor, new ChatEvent.Said(said.id(), visitor.id(), name(visitor, said.name()), said.text()));
	}

	@MessageMapping("/{room}/edit")
	void edit(@DestinationVariable Room room, Visitor visitor, Edit edit, SimpMessageHeaderAccessor headers) {
		requireSight(headers, room);
		this.saying.take(visitor);
		requireSaid(room, visitor, edit.of());
		publish(room, visitor, new ChatEvent.Edited(edit.id(), visitor.id(), edit.of(), edit.text()));
	}

	@MessageMapping("/{room}/delete")
	void delete(@DestinationVariable Room room, Visitor visitor, Delete delete, SimpMessageHeaderAccessor headers) {
		requireSight(headers, room);
		this.saying.take(visitor);
		requireSaid(room, visitor, delete.of());
		publish(room, visitor, new ChatEvent.Deleted(delete.id(), visitor.id(), delete.of()));
	}

	/**
	 * Tell the others that somebody types. More often than is of use, or where nothing
	 * was said yet, it is passed over.
	 */
	@MessageMapping("/{room}/typing")
	void type(@DestinationVariable Room room, Visitor visitor, Typing typing, SimpMessageHeaderAccessor headers) {
		requireSight(headers, room);
		if (this.typing.allows(visitor) && this.rooms.has(room)) {
			this.broker.publish(APPLICATION,
					draft(room.typing(), new Typist(visitor.id(), name(visitor, typing.name()))));
		}
	}

	/** Let nobody take part who may not hear the room. */
	private void requireSight(SimpMessageHeaderAccessor headers, Room room) {
		this.access.requireSubscribe(Caller.of(headers.getUser()), room.topic());
	}

	/**
	 * Let the visitor change what it has said.
	 * @throws dev.fanfare.topic.Refusal if it is not there, or somebody else's
	 */
	private void requireSaid(Room room, Visitor visitor, String of) {
		Publication publication = this.broker.find(APPLICATION, room.topic(), Position.parse(of));
		ChatEvent event = this.json.readValue(publication.body(), ChatEvent.class);
		if (!(event instanceof ChatEvent.Said) || !event.author().equals(visitor.id())) {
			throw new NotYours(of);
		}
	}

	private void publish(Room room, Visitor visitor, ChatEvent event) {
		// Ids are unique for their author alone, so nobody can take those of another.
		IdempotencyKey key = new IdempotencyKey(visitor.id() + "/" + event.id());
		this.broker.publish(APPLICATION, draft(room.topic(), event).with(key));
	}

	private Draft draft(TopicName topic, Object body) {
		return new Draft(topic, Map.of(Draft.CONTENT_TYPE, "application/json"), this.json.writeValueAsBytes(body));
	}

	private static String name(Visitor visitor, String wanted) {
		return (visitor.user() != null) ? visitor.user() : wanted;
	}

}
