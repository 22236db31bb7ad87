package dev.fanfare.stomp;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import dev.fanfare.topic.ErrorType;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.simp.stomp.StompCommand;

/**
 * Read the frames of one client from the bytes of its WebSocket messages, however they
 * are cut: <pre>
 *   BETWEEN --command--&gt; HEADERS --empty line--&gt; BODY --NUL--&gt; BETWEEN
 *      ^ EOL                ^ name:value            ^ content-length bytes, or up to NUL
 * </pre> Every byte is looked at once. Frames before a bad one are handed on; after a bad
 * one the decoder is of no more use. What it holds is bounded by one frame's limits. Not
 * for several threads at once.
 *
 * @see <a href="https://stomp.github.io/stomp-specification-1.2.html#STOMP_Frames">STOMP
 * 1.2, STOMP Frames</a>
 */
final class StompDecoder {

	private static final Set<StompCommand> FROM_CLIENTS = EnumSet.of(StompCommand.CONNECT, StompCommand.STOMP,
			StompCommand.SEND, StompCommand.SUBSCRIBE, StompCommand.UNSUBSCRIBE, StompCommand.ACK, StompCommand.NACK,
			StompCommand.BEGIN, StompCommand.COMMIT, StompCommand.ABORT, StompCommand.DISCONNECT);

	private static final byte[] EMPTY = {};

	/**
	 * What is taken for a body before it comes: who announces a large one need not send
	 * it.
	 */
	private static final int FIRST_BODY_BYTES = 4096;

	private final StompProperties limits;

	private final int maxBody;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream(64);

	private StompVersion version = StompVersion.V1_2;

	private @Nullable StompCommand command;

	private Map<String, String> headers = new LinkedHashMap<>();

	/** The body so far, or none while the headers are read. */
	private @Nullable ByteArrayOutputStream body;

	/** Those of the frame so far, repeated ones too. */
	private int headerLines;

	private int framesInMessage;

	/** The body's length, or -1 where it ends at a NUL. */
	private int length;

	StompDecoder(StompProperties limits, int maxBody) {
		this.limits = limits;
		this.maxBody = maxBody;
	}

	/** Read headers as that version does from the next frame on. */
	void use(StompVersion version) {
		this.version = version;
	}

	/** Return the receipt that the frame being read asks for, where that is known. */
	@Nullable String receipt() {
		return this.headers.get("receipt");
	}

	/**
	 * Read on.
	 * @param bytes the client's next WebSocket message
	 * @param frames called for each frame as it is complete
	 * @throws ProtocolViolation if the bytes are not frames
	 */
	void decode(ByteBuffer bytes, Consumer<StompFrame> frames) {
		this.framesInMessage = 0;
		while (bytes.hasRemaining()) {
			if (this.body != null) {
				readBody(this.body, bytes, frames);
			}
			else {
				readLine(bytes);
			}
		}
	}

	private void readLine(ByteBuffer bytes) {
		while (bytes.hasRemaining()) {
			byte next = bytes.get();
			if (next == '\n') {
				endLine();
				return;
			}
			if (next == 0) {
				throw new ProtocolViolation(ErrorType.INVALID_FRAME,
						"A NUL stands among the headers of a frame: an empty line must come before the body.");
			}
			if (this.line.size() >= this.limits.maxHeaderLine().toBytes()) {
				throw new ProtocolViolation(ErrorType.HEADER_TOO_LONG,
						"A header line has more than %d bytes (fanfare.stomp.max-header-line)."
							.formatted(this.limits.maxHeaderLine().toBytes()));
			}
			this.line.write(next);
		}
	}

	private void endLine() {
		String text = utf8(this.line.toByteArray());
		this.line.reset();
		text = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
		if (this.command == null) {
			this.command = text.isEmpty() ? null : command(text);
		}
		else if (text.isEmpty()) {
			this.length = contentLength();
			this.body = new ByteArrayOutputStream(Math.clamp(this.length, 32, FIRST_BODY_BYTES));
		}
		else {
			addHeader(text);
		}
	}

	private static String utf8(byte[] line) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new ProtocolViolation(ErrorType.INVALID_FRAME, "A command or header is not UTF-8: '%s'."
				.formatted(shortened(new String(line, StandardCharsets.UTF_8))));
		}
	}

	private static StompCommand command(String text) {
		return FROM_CLIENTS.stream()
			.filter((command) -> command.name().equals(text))
			.findFirst()
			.orElseThrow(() -> new ProtocolViolation(ErrorType.UNKNOWN_COMMAND,
					"'%s' is no command of a client; those are %s.".formatted(shortened(text),
							FROM_CLIENTS.stream().map(Enum::name).collect(Collectors.joining(", ")))));
	}

	private void addHeader(String text) {
		int colon = text.indexOf(':');
		if (colon <= 0) {
			throw new ProtocolViolation(ErrorType.INVALID_HEADER,
					"Not a header: '%s'. A header is written name:value.".formatted(shortened(text)));
		}
		if (++this.headerLines > this.limits.maxHeaders()) {
			throw new ProtocolViolation(ErrorType.TOO_MANY_HEADERS,
					"A frame has more than %d headers (fanfare.stomp.max-headers)."
						.formatted(this.limits.maxHeaders()));
		}
		this.headers.putIfAbsent(unescape(text.substring(0, colon)), unescape(text.substring(colon + 1)));
	}

	// CONNECT is written without escapes in all versions (STOMP 1.2, Value Encoding).
	private String unescape(String text) {
		boolean connect = this.command == StompCommand.CONNECT || this.command == StompCommand.STOMP;
		return connect ? text : this.version.unescape(text);
	}

	private int contentLength() {
		String text = this.headers.get("content-length");
		if (text == null) {
			return -1;
		}
		if (!text.matches("[0-9]+")) {
			throw new ProtocolViolation(ErrorType.INVALID_HEADER,
					"content-length is '%s': it must be a number of bytes.".formatted(shortened(text)));
		}
		BigInteger length = new BigInteger(text);
		if (length.compareTo(BigInteger.valueOf(this.maxBody)) > 0) {
			throw tooLong(shortened(text));
		}
		return length.intValue();
	}

	private void readBody(ByteArrayOutputStream body, ByteBuffer bytes, Consumer<StompFrame> frames) {
		int count = Math.min(bytes.remaining(), (this.length >= 0) ? this.length - body.size() : untilNul(bytes));
		if (body.size() + count > this.maxBody) {
			throw tooLong(String.valueOf(body.size() + count));
		}
		byte[] chunk = new byte[count];
		bytes.get(chunk);
		body.writeBytes(chunk);
		if (!bytes.hasRemaining()) {
			return;
		}
		if (bytes.get() != 0) {
			throw new ProtocolViolation(ErrorType.INVALID_FRAME,
					"content-length is %d, but the body does not end there.".formatted(this.length));
		}
		endFrame(body.toByteArray(), frames);
	}

	private static int untilNul(ByteBuffer bytes) {
		int at = bytes.position();
		while (at < bytes.limit() && bytes.get(at) != 0) {
			at++;
		}
		return at - bytes.position();
	}

	private void endFrame(byte[] content, Consumer<StompFrame> frames) {
		StompCommand ended = this.command;
		if (ended == null) {
			throw new IllegalStateException("A body without a command");
		}
		if (content.length > 0 && ended != StompCommand.SEND) {
			throw new ProtocolViolation(ErrorType.INVALID_FRAME, "%s must not have a body; SEND may.".formatted(ended));
		}
		if (++this.framesInMessage > this.limits.maxFramesPerMessage()) {
			throw new ProtocolViolation(ErrorType.TOO_MANY_FRAMES,
					"A WebSocket message has more than %d frames (fanfare.stomp.max-frames-per-message)."
						.formatted(this.limits.maxFramesPerMessage()));
		}
		StompFrame frame = new StompFrame(ended, this.headers, (content.length > 0) ? content : EMPTY);
		this.command = null;
		this.headers = new LinkedHashMap<>();
		this.headerLines = 0;
		this.body = null;
		frames.accept(frame);
	}

	private ProtocolViolation tooLong(String length) {
		return new ProtocolViolation(ErrorType.PAYLOAD_TOO_LARGE,
				"The body has %s bytes or more; at most %d are allowed (fanfare.broker.max-payload).".formatted(length,
						this.maxBody));
	}

	private static String shortened(String text) {
		return (text.length() <= 80) ? text : text.substring(0, 80) + "...";
	}

}
