package dev.fanfare.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fanfare.access.Revocation;
import dev.fanfare.access.Revocation.Kind;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Describe a revocation; one of the first three is there.
 *
 * @param user whose tokens count no more, if issued until then
 * @param sid the tokens with which claim {@code sid} count no more
 * @param token which token counts no more, by its {@code jti}
 * @param since when they were revoked, in milliseconds since 1970
 * @param until how long that is remembered
 */
@Schema(name = "Revocation")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RevocationDescription(@Schema(example = "ada") @Nullable String user, @Nullable String sid,
		@Nullable String token, @Schema(example = "1785578400000") long since,
		@Schema(example = "1785664800000") long until) {

	static RevocationDescription of(Revocation revocation) {
		return new RevocationDescription(name(revocation, Kind.USER), name(revocation, Kind.SESSION),
				name(revocation, Kind.TOKEN), revocation.since().toEpochMilli(), revocation.until().toEpochMilli());
	}

	private static @Nullable String name(Revocation revocation, Kind kind) {
		return (revocation.kind() == kind) ? revocation.name() : null;
	}

}
