package dev.fanfare.broker;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * Be the connection of one client, as operators see and steer it.
 * <p>
 * Any thread may call; no method waits for the client or for a lane, unless it says so.
 * What is told may be a moment old.
 */
public interface Session {

	/** The code of the close frame where an operator names none. */
	int OPERATORS_CODE = 4010;

	/** What the close frame says where an operator says nothing. */
	String OPERATORS_REASON = "closed by an operator";

	/** Return the id, which no other session has had. */
	String id();

	/** Return what is spoken: {@code stomp}, {@code websocket} or {@code sse}. */
	String kind();

	/** Return the version of the protocol, where it has versions and one was agreed. */
	Optional<String> version();

	/** Return who it is, if that is known. */
	@Nullable Principal user();

	/** Return the address that the client connected from, without the port. */
	String address();

	/** Return what the client calls itself. */
	Optional<String> userAgent();

	/** Return when it connected. */
	Instant since();

	/** Return what it was sent and has sent. */
	SessionTraffic traffic();

	/** Return its subscriptions, of topics and of others. */
	List<SessionSubscription> subscriptions();

	/**
	 * End it, when it was sent what is on its way.
	 * @param code the code of the close frame, where the protocol has one
	 * @param reason what the frame says, 123 bytes at most
	 */
	void close(int code, String reason);

	/**
	 * Subscribe it to a topic on behalf of its client; nothing happens if that was done
	 * before. Waits for the lane.
	 * @throws dev.fanfare.topic.Refusal if it cannot be
	 */
	void subscribe(TopicName topic);

	/**
	 * End all its subscriptions of a topic, its client's own as well. Waits for the lane.
	 * @return whether there was one
	 */
	boolean unsubscribe(TopicName topic);

	/**
	 * Send a message to those of its subscriptions that are for a queue of its user.
	 * @param queue such as {@code /queue/notices}, without the {@code /user} before it
	 * @return whether there was one
	 */
	boolean send(String queue, byte[] body, @Nullable String contentType);

}
