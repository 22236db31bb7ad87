package dev.fanfare.stomp;

import java.util.Map;

/** Estimate what is kept, so that whoever sends headers alone fills no memory either. */
final class Sizes {

	private static final int OVERHEAD_BYTES = 128;

	private Sizes() {
	}

	/** Return about how many bytes a message with these headers takes beside its body. */
	static int of(Map<String, String> headers) {
		int size = OVERHEAD_BYTES;
		for (Map.Entry<String, String> header : headers.entrySet()) {
			size += header.getKey().length() + header.getValue().length();
		}
		return size;
	}

}
