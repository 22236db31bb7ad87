package dev.fanfare.stomp;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.fanfare.topic.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;

/**
 * Collect what a RECEIPT frame tells beside its id, while a client's message passes
 * through Spring's channels.
 */
final class Receipt {

	private static final String HEADER = "fanfareReceipt";

	private final Map<String, String> headers = new LinkedHashMap<>();

	private @Nullable Refusal failure;

	Receipt(@Nullable String id) {
		if (id != null) {
			this.headers.put("receipt-id", id);
		}
	}

	/**
	 * Return the receipt of the frame that this message came from, one that nobody sees
	 * if there is none.
	 */
	static Receipt of(Message<?> message) {
		Receipt receipt = message.getHeaders().get(HEADER, Receipt.class);
		return (receipt != null) ? receipt : new Receipt(null);
	}

	static String header() {
		return HEADER;
	}

	/** Note that the thing was not done. */
	void fail(Refusal reason) {
		this.failure = reason;
	}

	/**
	 * Let the receipt be sent.
	 * @throws Refusal if the thing was not done
	 */
	void requireDone() {
		if (this.failure != null) {
			throw this.failure;
		}
	}

	void add(String name, String value) {
		this.headers.put(name, value);
	}

	Map<String, String> headers() {
		return this.headers;
	}

	boolean isWanted() {
		return this.headers.containsKey("receipt-id");
	}

}
