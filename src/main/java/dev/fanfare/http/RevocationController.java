package dev.fanfare.http;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import dev.fanfare.access.AccessRules;
import dev.fanfare.access.Caller;
import dev.fanfare.access.Revocation;
import dev.fanfare.access.Revocation.Kind;
import dev.fanfare.access.Revocation.Target;
import dev.fanfare.access.Revocations;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Take back users' tokens before their end. */
@RestController
@Tag(name = "Revocations")
@ApiResponse(responseCode = "400", description = "Something in the request is wrong, and the detail says what",
		content = @Content(mediaType = "application/problem+json"))
@ApiResponse(responseCode = "403", description = "Not open to this caller",
		content = @Content(mediaType = "application/problem+json"))
class RevocationController {

	/** More than a name and a time can have. */
	private static final DataSize LARGEST = DataSize.ofKilobytes(4);

	private final Revocations revocations;

	private final AccessRules access;

	private final HttpProperties properties;

	private final ObjectReader reader;

	RevocationController(Revocations revocations, AccessRules access, HttpProperties properties, JsonMapper mapper) {
		this.revocations = revocations;
		this.access = access;
		this.properties = properties;
		this.reader = mapper.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
	}

	@PostMapping("/api/revocations")
	@Operation(operationId = "revoke", summary = "Revoke the tokens of a user or a session, or one token",
			description = "Exactly one of user, sid and token (jti) says which.",
			requestBody = @RequestBody(required = true,
					content = @Content(mediaType = "application/json",
							schema = @Schema(implementation = RevocationDescription.class))))
	@ApiResponse(responseCode = "201", description = "It is stored, and their connections are being closed",
			useReturnTypeSchema = true)
	@ApiResponse(responseCode = "413", description = "The body is larger than 4 KB",
			content = @Content(mediaType = "application/problem+json"))
	@ApiResponse(responseCode = "503", description = "It is not stored; see Retry-After",
			content = @Content(mediaType = "application/problem+json"))
	ResponseEntity<RevocationDescription> revoke(@Parameter(hidden = true) HttpServletRequest request)
			throws IOException {
		this.access.requireOperate(Caller.of(request.getUserPrincipal()));
		byte[] body = RequestBodies.read(request, LARGEST, "a revocation", this.properties.bodyTimeout());
		RevocationRequest wanted = RevocationRequest.of(JsonBodies.parse(this.reader, body));
		Revocation revocation = this.revocations.revoke(wanted.target(), wanted.until());
		return ResponseEntity.status(HttpStatus.CREATED)
			.contentType(MediaType.APPLICATION_JSON)
			.body(RevocationDescription.of(revocation));
	}

	@GetMapping("/api/revocations")
	@Operation(operationId = "listRevocations", summary = "List what is revoked: users, sids and tokens, by name")
	@ApiResponse(responseCode = "200", description = "Some of it; the Link header says where the next is",
			headers = @Header(name = "Link", schema = @Schema(type = "string"),
					description = "The next page, where there is one, with rel=\"next\""),
			useReturnTypeSchema = true)
	ResponseEntity<List<RevocationDescription>> list(
			@Parameter(description = "Only those after this one, such as user:ada",
					schema = @Schema(type = "string")) @RequestParam(required = false) @Nullable String after,
			@Parameter(description = "How many at most; fanfare.http.max-page bounds it",
					schema = @Schema(type = "integer", defaultValue = "100", minimum = "1")) @RequestParam(
							required = false) @Nullable String limit,
			@Parameter(hidden = true) HttpServletRequest request) {
		this.access.requireOperate(Caller.of(request.getUserPrincipal()));
		int most = QueryParameters.limit(limit, this.properties.maxPage());
		Target last = StringUtils.hasText(after) ? target(after) : null;
		List<Revocation> found = this.revocations.all()
			.stream()
			.filter((each) -> last == null || each.target().compareTo(last) > 0)
			.limit(most + 1L)
			.toList();
		List<Revocation> page = found.subList(0, Math.min(most, found.size()));
		ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.cacheControl(CacheControl.noStore());
		if (found.size() > most) {
			answer.header(HttpHeaders.LINK, next(page.getLast().target(), most));
		}
		return answer.body(page.stream().map(RevocationDescription::of).toList());
	}

	private static Target target(String text) {
		String[] parts = text.split(":", 2);
		Kind kind = Arrays.stream(Kind.values())
			.filter((each) -> RevocationRequest.word(each).equals(parts[0]))
			.findFirst()
			.orElseThrow(() -> QueryParameters.invalid("after", text, "user:, sid: or token: and a name"));
		return new Target(kind, (parts.length > 1) ? parts[1] : "");
	}

	private static String next(Target last, int limit) {
		String uri = UriComponentsBuilder.fromPath("/api/revocations")
			.queryParam("after", "{last}")
			.queryParam("limit", limit)
			.encode()
			.buildAndExpand(RevocationRequest.word(last.kind()) + ":" + last.name())
			.toUriString();
		return "<%s>; rel=\"next\"".formatted(uri);
	}

}
