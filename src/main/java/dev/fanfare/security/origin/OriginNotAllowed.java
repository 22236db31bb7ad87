package dev.fanfare.security.origin;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;
import org.jspecify.annotations.Nullable;

/** State that pages of another origin may not ask for this. */
final class OriginNotAllowed extends Refusal {

	OriginNotAllowed(@Nullable String origin) {
		super(ErrorType.ORIGIN_NOT_ALLOWED,
				"%s may not do this: fanfare.access.allowed-origins does not list the page's origin."
					.formatted((origin != null) ? "A page of '" + origin + "'" : "A page of another site"));
	}

}
