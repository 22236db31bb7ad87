package dev.fanfare.stomp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

	private static final Map<String, StompCommand> FROM_CLIENTS = new TreeMap<>(Stream
		.of(StompCommand.CONNECT, StompCommand.STOMP, StompCommand.SEND, StompCommand.SUBSCRIBE,
				StompCommand.UNSUBSCRIBE, StompCommand.ACK, StompCommand.NACK, StompCommand.BEGIN, StompCommand.COMMIT,
				StompCommand.ABORT, StompCommand.DISCONNECT)
		.collect(Collectors.toMap(Enum::name, Function.identity())));

	private static final byte[] EMPTY = {};

	private final StompProperties limits;

	private final long maxHeaderLine;

	private final int maxBody;

	/** What came of a line whose end is in another message. */
	private final ByteArrayOutputStream line = new ByteArrayOutputStream(0);

	private StompVersion version = StompVersion.V1_2;

	private @Nullable StompCommand command;

	private Map<String, String> headers = new LinkedHashMap<>();

	/**
	 * The body so far, or none while the headers are read. No room is taken before it
	 * comes: who announces a large one need not send it.
	 */
	private @Nullable ByteArrayOutputStream body;

	/** Those of the frame so far, repeated ones too. */
	private int headerLines;

	/** Characters of the headers so far. */
	private int headerSize;

	private int framesInMessage;

	/** The body's length, or -1 where it ends at a NUL. */
	private int length;

	StompDecoder(StompProperties limits, int maxBody) {
		this.limits = limits;
		this.maxHeaderLine = limits.maxHeaderLine().toBytes();
		this.maxBody = maxBody;
	}

	/** Read headers as that version does from the next frame on. */
	void use(StompVersion version) {
		this.version = version;
	}

	/** Return how many bytes are kept of a frame whose end has not come. */
	int pending() {
		return this.line.size() + this.headerSize + ((this.body != null) ? this.body.size() : 0);
	}

	/** Return the receipt that the frame being read asks for, where that is known. */
	@Nullable String receipt() {
		return this.headers.get("receipt");
	}

	/**
	 * Read on.
	 * @param bytes the client's next WebSocket message, backed by an array
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

	/** Read up to the end of the line, or keep what there is of it. */
	private void readLine(ByteBuffer bytes) {
		int start = bytes.position();
		int length = length(bytes);
		bytes.position(start + length);
		if (!bytes.hasRemaining()) {
			this.line.write(bytes.array(), bytes.arrayOffset() + start, length);
			return;
		}
		bytes.get();
		if (this.line.size() == 0) {
			endLine(utf8(bytes.array(), bytes.arrayOffset() + start, length));
			return;
		}
		this.line.write(bytes.array(), bytes.arrayOffset() + start, length);
		String text = utf8(this.line.toByteArray(), 0, this.line.size());
		this.line.reset();
		endLine(text);
	}

	/** Return how many bytes there are before the end of the line, or in all. */
	private int length(ByteBuffer bytes) {
		int start = bytes.position();
		long most = this.maxHeaderLine - this.line.size();
		for (int at = start; at < bytes.limit(); at++) {
			byte next = bytes.get(at);
			if (next == '\n') {
				return at - start;
			}
			if (next == 0) {
				throw new ProtocolViolation(ErrorType.INVALID_FRAME,
						"A NUL stands among the headers of a frame: an empty line must come before the body.");
			}
			if (at - start >= most) {
				throw new ProtocolViolation(ErrorType.HEADER_TOO_LONG,
						"A header line has more than %d bytes (fanfare.stomp.max-header-line)."
							.formatted(this.maxHeaderLine));
			}
		}
		return bytes.remaining();
	}

	private void endLine(String line) {
		String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
		if (this.command == null) {
			this.command = text.isEmpty() ? null : command(text);
		}
		else if (text.isEmpty()) {
			this.length = contentLength();
			this.body = new ByteArrayOutputStream(0);
		}
		else {
			addHeader(text);
		}
	}

	private static String utf8(byte[] bytes, int start, int length) {
		if (isAscii(bytes, start, length)) {
			return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new ProtocolViolation(ErrorType.INVALID_FRAME, "A command or header is not UTF-8: '%s'."
				.formatted(shortened(new String(bytes, start, length, StandardCharsets.UTF_8))));
		}
	}

	private static boolean isAscii(byte[] bytes, int start, int length) {
		for (int at = start; at < start + length; at++) {
			if (bytes[at] < 0) {
				return false;
			}
		}
		return true;
	}

	private static StompCommand command(String text) {
		StompCommand command = FROM_CLIENTS.get(text);
		if (command == null) {
			throw new ProtocolViolation(ErrorType.UNKNOWN_COMMAND, "'%s' is no command of a client; those are %s."
				.formatted(shortened(text), String.join(", ", FROM_CLIENTS.keySet())));
		}
		return command;
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
		this.headerSize += text.length();
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
		long length = 0;
		for (int at = 0; at < text.length(); at++) {
			int digit = text.charAt(at) - '0';
			if (digit < 0 || digit > 9) {
				throw noLength(text);
			}
			// No larger than what is too long already, however many digits there are.
			length = Math.min(10 * length + digit, Long.MAX_VALUE / 100);
		}
		if (text.isEmpty()) {
			throw noLength(text);
		}
		if (length > this.maxBody) {
			throw tooLong(shortened(text));
		}
		return (int) length;
	}

	private static ProtocolViolation noLength(String text) {
		return new ProtocolViolation(ErrorType.INVALID_HEADER,
				"content-length is '%s': it must be a number of bytes.".formatted(shortened(text)));
	}

	private void readBody(ByteArrayOutputStream body, ByteBuffer bytes, Consumer<StompFrame> frames) {
		int count = Math.min(bytes.remaining(), (this.length >= 0) ? this.length - body.size() : untilNul(bytes));
		if (body.size() + count > this.maxBody) {
			throw tooLong(String.valueOf(body.size() + count));
		}
		byte[] chunk = new byte[count];
		bytes.get(chunk);
		if (!bytes.hasRemaining()) {
			body.writeBytes(chunk);
			return;
		}
		if (bytes.get() != 0) {
			throw new ProtocolViolation(ErrorType.INVALID_FRAME,
					"content-length is %d, but the body does not end there.".formatted(this.length));
		}
		if (body.size() == 0) {
			endFrame(chunk, frames);
			return;
		}
		body.writeBytes(chunk);
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
		this.headerSize = 0;
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
