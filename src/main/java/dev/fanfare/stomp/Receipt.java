package dev.fanfare.stomp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.fanfare.broker.CursorName;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.simp.stomp.StompCommand;

/**
 * Go with a client's message through Spring's channels and bring back what became of it:
 * what a RECEIPT frame tells beside its id, or why there is none.
 */
final class Receipt {

	/** Names the message header it travels in. */
	static final String HEADER = "fanfareReceipt";

	private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

	private final Map<String, String> headers = new LinkedHashMap<>();

	private final @Nullable List<Draft> collected;

	private CompletableFuture<Void> pending = DONE;

	private @Nullable CursorName durable;

	private @Nullable Refusal failure;

	Receipt(@Nullable String id) {
		this(id, null);
	}

	private Receipt(@Nullable String id, @Nullable List<Draft> collected) {
		this.collected = collected;
		if (id != null) {
			this.headers.put("receipt-id", id);
		}
	}

	/** Have the drafts collected instead of published. */
	static Receipt collecting(List<Draft> drafts) {
		return new Receipt(null, drafts);
	}

	/**
	 * Return the receipt of the frame that this message came from, one that nobody sees
	 * if there is none.
	 */
	static Receipt of(Message<?> message) {
		Receipt receipt = message.getHeaders().get(HEADER, Receipt.class);
		return (receipt != null) ? receipt : new Receipt(null);
	}

	/** Take a draft that is to be published with others, and tell whether it is one. */
	boolean collects(Draft draft) {
		return this.collected != null && this.collected.add(draft);
	}

	/** Tell something about what was done. */
	void add(String name, String value) {
		this.headers.put(name, value);
	}

	/** Have the answer wait until something is done that goes on meanwhile. */
	void waitFor(CompletableFuture<Void> done) {
		this.pending = done;
	}

	/** Note that it was not done. */
	void fail(Refusal reason) {
		this.failure = reason;
	}

	/** Return the id that the client wants it under, if it wants one. */
	@Nullable String id() {
		return this.headers.get("receipt-id");
	}

	boolean isWanted() {
		return this.headers.containsKey("receipt-id");
	}

	/**
	 * Let what depends on it go on.
	 * @throws Refusal if it was not done
	 */
	void requireDone() {
		if (this.failure != null) {
			throw this.failure;
		}
	}

	/** Note which durable subscription a SUBSCRIBE frame is about. */
	void durable(CursorName name) {
		this.durable = name;
	}

	/**
	 * Return which durable subscription a SUBSCRIBE frame is about, if it is about one.
	 */
	Optional<CursorName> durable() {
		return Optional.ofNullable(this.durable);
	}

	/**
	 * Send the RECEIPT frame if the client asked for one, as soon as everything is done.
	 * @throws Refusal if it was not done
	 */
	void answer(StompConnection connection, StompCommand command) {
		if (isWanted()) {
			requireDone();
		}
		else if (this.pending == DONE) {
			return;
		}
		this.pending.whenComplete((done, failure) -> {
			if (failure != null) {
				connection.refuse(Refusals.of(connection, failure, command), id());
			}
			else if (isWanted()) {
				connection.send("RECEIPT", this.headers);
			}
		});
	}

}
