package dev.fanfare.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fanfare.access.AccessRules;
import dev.fanfare.access.Caller;
import dev.fanfare.access.Revocation;
import dev.fanfare.access.Revocation.Kind;
import dev.fanfare.access.Revocations;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Times;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Take back users' tokens before their end. */
@RestController
@Tag(name = "Revocations")
@ApiResponse(responseCode = "403", description = "Not open to this caller",
		content = @Content(mediaType = "application/problem+json"))
class RevocationController {

	private static final int LONGEST_NAME = 256;

	private static final String UNTIL = "until";

	private final Revocations revocations;

	private final AccessRules access;

	RevocationController(Revocations revocations, AccessRules access) {
		this.revocations = revocations;
		this.access = access;
	}

	@PostMapping("/api/revocations")
	@Operation(operationId = "revoke", summary = "Revoke the tokens of a user or a session, or one token",
			description = "Exactly one of user, session (the claim sid) and token (jti) says which.")
	@ApiResponse(responseCode = "201", description = "It is stored, and their connections are being closed",
			useReturnTypeSchema = true)
	@ApiResponse(responseCode = "400", description = "Something in the request is wrong, and the detail says what",
			content = @Content(mediaType = "application/problem+json"))
	@ApiResponse(responseCode = "503", description = "It is not stored; see Retry-After",
			content = @Content(mediaType = "application/problem+json"))
	@io.swagger.v3.oas.annotations.parameters.RequestBody(required = true,
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = Described.class)))
	ResponseEntity<Described> revoke(@RequestBody Map<String, @Nullable Object> wanted,
			@Parameter(hidden = true) HttpServletRequest request) {
		this.access.requireOperate(Caller.of(request.getUserPrincipal()));
		Kind kind = kind(wanted);
		Revocation revocation = this.revocations.revoke(kind, name(word(kind), wanted.get(word(kind))),
				until(wanted.get(UNTIL)));
		return ResponseEntity.status(HttpStatus.CREATED)
			.contentType(MediaType.APPLICATION_JSON)
			.body(Described.of(revocation));
	}

	@GetMapping("/api/revocations")
	@Operation(operationId = "listRevocations", summary = "List what is revoked, the newest first")
	@ApiResponse(responseCode = "200", description = "All that is remembered", useReturnTypeSchema = true)
	ResponseEntity<List<Described>> list(@Parameter(hidden = true) HttpServletRequest request) {
		this.access.requireOperate(Caller.of(request.getUserPrincipal()));
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.cacheControl(CacheControl.noStore())
			.body(this.revocations.all().stream().map(Described::of).toList());
	}

	private static Kind kind(Map<String, @Nullable Object> wanted) {
		Set<String> names = new TreeSet<>(wanted.keySet());
		names.remove(UNTIL);
		for (Kind kind : Kind.values()) {
			if (names.equals(Set.of(word(kind)))) {
				return kind;
			}
		}
		throw new InvalidRequest(ErrorType.INVALID_REQUEST,
				"The body has %s; it must have exactly one of user, session and token, and may have until."
					.formatted(new TreeSet<>(wanted.keySet())));
	}

	private static String name(String word, @Nullable Object value) {
		if (value instanceof String name && !name.isBlank() && name.length() <= LONGEST_NAME) {
			return name;
		}
		throw new InvalidRequest(ErrorType.INVALID_PARAMETER,
				"'%s' must be a string of 1 to %d characters.".formatted(word, LONGEST_NAME));
	}

	private static @Nullable Instant until(@Nullable Object value) {
		try {
			return (value != null) ? Times.parse(value.toString()) : null;
		}
		catch (DateTimeException ex) {
			throw new InvalidRequest(ErrorType.INVALID_PARAMETER,
					"'until' is '%s'; it must be a time such as %s.".formatted(value, Times.EXAMPLE));
		}
	}

	private static String word(Kind kind) {
		return kind.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Describe a revocation; one of the first three is there.
	 *
	 * @param user whose tokens count no more, if issued until then
	 * @param session the tokens of which session count no more
	 * @param token which token counts no more
	 * @param since when they were revoked, in milliseconds since 1970
	 * @param until how long that is remembered
	 */
	@Schema(name = "Revocation")
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Described(@Schema(example = "ada") @Nullable String user, @Nullable String session, @Nullable String token,
			@Schema(example = "1785578400000") long since, @Schema(example = "1785664800000") long until) {

		static Described of(Revocation revocation) {
			String name = revocation.name();
			return new Described((revocation.kind() == Kind.USER) ? name : null,
					(revocation.kind() == Kind.SESSION) ? name : null, (revocation.kind() == Kind.TOKEN) ? name : null,
					revocation.since().toEpochMilli(), revocation.until().toEpochMilli());
		}

	}

}
