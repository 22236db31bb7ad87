package dev.fanfare.access;

import java.util.Locale;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/** State that a caller may not do what it asked for. */
public final class AccessDenied extends Refusal {

	AccessDenied(Caller caller, String action, Grant grant) {
		super(ErrorType.ACCESS_DENIED, "%s may not %s: it is open to %s.".formatted(name(caller), action,
				grant.name().toLowerCase(Locale.ROOT)));
	}

	private static String name(Caller caller) {
		return switch (caller) {
			case Caller.Application application -> "The application";
			case Caller.User user -> "User '" + user.name() + "'";
			case Caller.Guest guest -> "A guest";
		};
	}

}
