package dev.fanfare.access;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Keep what is to be known of a token once it was verified; the token itself is not kept.
 *
 * @param id names the token (the claim {@code jti})
 * @param session names the session it was issued for (the claim {@code sid})
 * @param issued when it was issued; the beginning of time where it does not say
 * @param expires when it ends
 */
public record Token(@Nullable String id, @Nullable String session, Instant issued, Instant expires) {

	/** Tell whether it has ended. */
	public boolean isExpired(Instant now) {
		return !now.isBefore(this.expires);
	}

}
