package dev.fanfare.stomp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Note what became of a client's bytes.
 *
 * @param frames what was read, one text for each that holds all of it, so that two can be
 * compared
 * @param error the type of error that ended the reading, if one did
 */
record Decoding(List<String> frames, @Nullable String error) {

	/** Have a decoder read messages, up to the first error. */
	static Decoding of(StompDecoder decoder, List<byte[]> messages) {
		List<String> frames = new ArrayList<>();
		try {
			for (byte[] message : messages) {
				decoder.decode(ByteBuffer.wrap(message), (frame) -> frames.add(text(frame)));
			}
			return new Decoding(frames, null);
		}
		catch (ProtocolViolation violation) {
			return new Decoding(frames, violation.type().word());
		}
	}

	/** Have a new decoder with the default limits read messages. */
	static Decoding of(StompVersion version, List<byte[]> messages) {
		StompDecoder decoder = new StompDecoder(Limits.defaults(), Limits.MAX_BODY);
		decoder.use(version);
		return of(decoder, messages);
	}

	static String text(StompFrame frame) {
		return text(frame.command().name(), List.copyOf(frame.headers().entrySet()).toString(), frame.body());
	}

	static String text(FrameVectors.Example frame) {
		return text(frame.command(), List.copyOf(frame.headers().entrySet()).toString(), frame.content());
	}

	private static String text(String command, String headers, byte[] body) {
		return command + headers + new String(body, StandardCharsets.ISO_8859_1);
	}

	/** Cut bytes into messages of so many bytes. */
	static List<byte[]> cut(byte[] bytes, int size) {
		List<byte[]> messages = new ArrayList<>();
		for (int at = 0; at < bytes.length; at += size) {
			messages.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
		}
		return messages;
	}

}
