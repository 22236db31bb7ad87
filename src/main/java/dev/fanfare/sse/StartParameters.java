package dev.fanfare.sse;

import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.fanfare.broker.StartAt;
import dev.fanfare.broker.StartAt.IfLost;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Times;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Read from a request where its stream is to start.
 * <p>
 * A browser that comes back says where it was in a header and asks for the same address
 * as before, so the header counts more than the parameters.
 */
final class StartParameters {

	static final String LAST_EVENT_ID = "Last-Event-ID";

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

	private StartParameters() {
	}

	/**
	 * Read where to start.
	 * @throws dev.fanfare.topic.Refusal if a value cannot be
	 */
	static StartAt read(HttpServletRequest request) {
		IfLost ifLost = ifLost(request.getParameter("if-lost"));
		String last = request.getHeader(LAST_EVENT_ID);
		if (!StringUtils.hasText(last)) {
			last = request.getParameter("last-event-id");
		}
		if (StringUtils.hasText(last)) {
			return new StartAt.After(Position.parse(last.strip()), ifLost);
		}
		String replay = request.getParameter("replay");
		// From here on, at a position that can be told to the client.
		return StringUtils.hasText(replay) ? replay(replay) : new StartAt.Last(0);
	}

	private static StartAt replay(String value) {
		if (value.equals("all")) {
			return new StartAt.All();
		}
		if (value.startsWith("last=") && NUMBER.matcher(value.substring(5)).matches()) {
			return new StartAt.Last(Long.parseLong(value.substring(5)));
		}
		if (value.startsWith("since=")) {
			try {
				// A plus sign that was not escaped comes as a space.
				return new StartAt.Since(Times.parse(value.substring(6).replace(' ', '+')));
			}
			catch (DateTimeException ex) {
				throw new InvalidParameter("replay", value, "since=TIME, a time such as " + Times.EXAMPLE);
			}
		}
		throw new InvalidParameter("replay", value, "all, last=NUMBER or since=TIME");
	}

	private static IfLost ifLost(@Nullable String value) {
		if (!StringUtils.hasText(value)) {
			return IfLost.OLDEST;
		}
		return Arrays.stream(IfLost.values())
			.filter((each) -> each.name().toLowerCase(Locale.ROOT).equals(value))
			.findFirst()
			.orElseThrow(() -> new InvalidParameter("if-lost", value, "oldest, live or error"));
	}

}
