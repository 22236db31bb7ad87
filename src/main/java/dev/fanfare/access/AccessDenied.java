package dev.fanfare.access;

import java.util.Locale;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.OpenTo;
import dev.fanfare.topic.Refusal;

/** State that a caller may not do what it asked for. */
public final class AccessDenied extends Refusal {

	AccessDenied(Caller caller, String action, OpenTo openTo) {
		this(caller, action, (openTo == OpenTo.GRANTED) ? "it is open to those to whom a token or key grants it"
				: "it is open to " + openTo.name().toLowerCase(Locale.ROOT));
	}

	private AccessDenied(Caller caller, String action, String why) {
		super(ErrorType.ACCESS_DENIED, "%s may not %s: %s.".formatted(name(caller), action, why));
	}

	static AccessDenied byAuthorizer(Caller caller, String action) {
		return new AccessDenied(caller, action, "the application does not allow it");
	}

	private static String name(Caller caller) {
		return switch (caller) {
			case Caller.Application application -> "The application";
			case Caller.User user -> "User '" + user.name() + "'";
			case Caller.Key key -> "Key '" + key.name() + "'";
			case Caller.Guest guest -> "A guest";
		};
	}

}
