package dev.fanfare.stomp;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import dev.fanfare.broker.StartAt;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Times;
import org.jspecify.annotations.Nullable;

/**
 * Say where a SUBSCRIBE frame wants to start, by Fanfare's own headers or those that
 * clients of other brokers know.
 *
 * @param start where to start
 * @param ifLost what to do when what comes next is not kept
 */
record StartHeaders(StartAt start, StartAt.IfLost ifLost) {

	private static final List<String> NAMES = List.of("resume-after", "replay", "x-stream-offset", "since");

	/**
	 * Read where to start.
	 * @param headers returns a header of the SUBSCRIBE frame, if it has it
	 * @param answered whether the client is told how it went: if not, it cannot learn
	 * that something is missing but by an error
	 * @throws dev.fanfare.topic.Refusal if the headers are wrong
	 */
	static StartHeaders of(Function<String, @Nullable String> headers, boolean answered) {
		List<String> given = NAMES.stream().filter((name) -> headers.apply(name) != null).toList();
		if (given.size() > 1) {
			throw wrong("A SUBSCRIBE frame has %s; it may have one of them.".formatted(String.join(" and ", given)));
		}
		StartAt.IfLost ifLost = ifLost(headers.apply("if-lost"), answered);
		if (given.isEmpty()) {
			return new StartHeaders(new StartAt.Live(), ifLost);
		}
		String value = String.valueOf(headers.apply(given.getFirst()));
		return new StartHeaders(start(given.getFirst(), value, ifLost), ifLost);
	}

	private static StartAt start(String name, String value, StartAt.IfLost ifLost) {
		return switch (name) {
			case "resume-after" -> new StartAt.After(Position.parse(value), ifLost);
			case "replay" -> replay(value);
			case "x-stream-offset" -> streamOffset(value, ifLost);
			default -> new StartAt.Since(time("since", value, ""));
		};
	}

	private static StartAt.IfLost ifLost(@Nullable String value, boolean answered) {
		if (value == null) {
			return answered ? StartAt.IfLost.OLDEST : StartAt.IfLost.ERROR;
		}
		for (StartAt.IfLost each : StartAt.IfLost.values()) {
			if (each.name().toLowerCase(Locale.ROOT).equals(value)) {
				return each;
			}
		}
		throw wrong("if-lost is '%s': it must be oldest, live or error.".formatted(value));
	}

	private static StartAt replay(String value) {
		if (value.equals("all")) {
			return new StartAt.All();
		}
		if (value.startsWith("last=")) {
			return new StartAt.Last(number("replay", value, "last="));
		}
		if (value.startsWith("since=")) {
			return new StartAt.Since(time("replay", value, "since="));
		}
		throw wrong("replay is '%s': it must be all, last=NUMBER or since=TIME.".formatted(value));
	}

	/** Read where RabbitMQ's clients say to start in a stream. */
	private static StartAt streamOffset(String value, StartAt.IfLost ifLost) {
		return switch (value) {
			case "first" -> new StartAt.All();
			case "last" -> new StartAt.Last(1);
			case "next" -> new StartAt.Live();
			default -> {
				if (value.startsWith("offset=")) {
					yield new StartAt.From(number("x-stream-offset", value, "offset="), ifLost);
				}
				if (value.startsWith("timestamp=")) {
					yield new StartAt.Since(time("x-stream-offset", value, "timestamp="));
				}
				throw wrong("x-stream-offset is '%s': it must be first, last, next, offset=NUMBER or timestamp=SECONDS."
					.formatted(value));
			}
		};
	}

	private static long number(String header, String value, String prefix) {
		String digits = value.substring(prefix.length());
		if (!digits.matches("[0-9]{1,18}")) {
			throw wrong("%s is '%s': %sNUMBER must have a number of 0 or more.".formatted(header, value, prefix));
		}
		return Long.parseLong(digits);
	}

	private static Instant time(String header, String value, String prefix) {
		try {
			return Times.parse(value.substring(prefix.length()));
		}
		catch (DateTimeException ex) {
			throw wrong("%s is '%s': the time must be written as %s.".formatted(header, value, Times.EXAMPLE));
		}
	}

	private static ProtocolViolation wrong(String message) {
		return new ProtocolViolation(ErrorType.INVALID_HEADER, message);
	}

}
