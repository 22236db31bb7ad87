package dev.fanfare.websocket;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

import org.eclipse.jetty.websocket.core.ExtensionConfig;

/**
 * Compress messages of WebSockets, each for itself, so that what was compressed once
 * suits every client that can be sent it (RFC 7692, permessage-deflate without context
 * takeover).
 */
final class Compression {

	/** The name of the extension. */
	static final String NAME = "permessage-deflate";

	/** What is shorter is not worth it. */
	private static final int SHORTEST = 256;

	/** What ends a message when it is flushed, and is left out (RFC 7692, 7.2.1). */
	private static final int TAIL = 4;

	/** Each lane has one. */
	private static final ThreadLocal<Deflater> DEFLATERS = ThreadLocal
		.withInitial(() -> new Deflater(Deflater.DEFAULT_COMPRESSION, true));

	private Compression() {
	}

	/**
	 * Agree to one of the extensions that a client offers.
	 * <p>
	 * Neither side is to use what came before in a message. A client that could not have
	 * its server look back as far as Java does is not compressed for.
	 * @return one or none
	 */
	static List<ExtensionConfig> agreed(List<ExtensionConfig> offered) {
		return offered.stream()
			.filter((offer) -> offer.getName().equals(NAME) && offer.getParameter("server_max_window_bits", 15) == 15)
			.limit(1)
			.map(Compression::withoutTakeover)
			.toList();
	}

	private static ExtensionConfig withoutTakeover(ExtensionConfig offer) {
		ExtensionConfig agreed = new ExtensionConfig(offer);
		agreed.setParameter("server_no_context_takeover");
		agreed.setParameter("client_no_context_takeover");
		return agreed;
	}

	/**
	 * Compress a message.
	 * @return the compressed message behind {@link Payload#LONGEST_HEADER} bytes, nothing
	 * if it would not be shorter
	 */
	static byte[] deflated(ByteBuffer message) {
		if (message.remaining() < SHORTEST) {
			return new byte[0];
		}
		Deflater deflater = DEFLATERS.get();
		deflater.reset();
		deflater.setInput(message);
		byte[] bytes = new byte[Payload.LONGEST_HEADER + message.remaining()];
		int room = bytes.length - Payload.LONGEST_HEADER;
		int length = deflater.deflate(bytes, Payload.LONGEST_HEADER, room, Deflater.SYNC_FLUSH);
		// When there is no room left, it may not be the end.
		return (length < room) ? Arrays.copyOf(bytes, Payload.LONGEST_HEADER + length - TAIL) : new byte[0];
	}

}
