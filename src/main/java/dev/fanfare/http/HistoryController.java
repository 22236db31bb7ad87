package dev.fanfare.http;

import java.io.IOException;
import java.util.List;

import dev.fanfare.access.AccessRules;
import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.TopicState;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.TopicName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/** Read what topics keep, and have them forget it. */
@RestController
@Tag(name = "History")
@ApiResponse(responseCode = "400", description = "Something in the request is wrong, and the detail says what",
		content = @Content(mediaType = "application/problem+json"))
@ApiResponse(responseCode = "403", description = "The topic is not open to this caller",
		content = @Content(mediaType = "application/problem+json"))
class HistoryController {

	/** Carries the position beside the ETag, which proxies may change. */
	private static final String POSITION = "Fanfare-Position";

	/** Carries the time in milliseconds, which Last-Modified says in seconds. */
	private static final String TIMESTAMP = "Fanfare-Timestamp";

	private static final String FOREVER = "private, max-age=31536000, immutable";

	/** A browser asks again: somebody else may sit before it by then. */
	private static final String EACH_TIME = "private, no-cache";

	private final Broker broker;

	private final History history;

	private final AccessRules access;

	private final HttpProperties properties;

	HistoryController(Broker broker, History history, AccessRules access, HttpProperties properties) {
		this.broker = broker;
		this.history = history;
		this.access = access;
		this.properties = properties;
	}

	@GetMapping("/api/topics/{topic}/publications")
	@Operation(operationId = "readHistory", summary = "Read a part of the history")
	@ApiResponse(responseCode = "200", description = "Some publications; the Link header says where there are more",
			headers = @Header(name = "Link", schema = @Schema(type = "string"),
					description = "The pages after and before this one, with rel=\"next\" and rel=\"prev\""),
			useReturnTypeSchema = true)
	@ApiResponse(responseCode = "410", description = "What comes after the position is no longer kept, or never was",
			content = @Content(mediaType = "application/problem+json"))
	ResponseEntity<List<KeptPublication>> read(@PathVariable String topic,
			@Parameter(description = "Only what comes after this position",
					schema = @Schema(type = "string")) @RequestParam(required = false) @Nullable String after,
			@Parameter(description = "Only what comes before this position",
					schema = @Schema(type = "string")) @RequestParam(required = false) @Nullable String before,
			@Parameter(
					description = "Only what was accepted then or later: ISO 8601, or seconds or milliseconds since 1970",
					schema = @Schema(type = "string")) @RequestParam(required = false) @Nullable String since,
			@Parameter(description = "How many at most; fanfare.http.max-page bounds it",
					schema = @Schema(type = "integer", defaultValue = "100", minimum = "1")) @RequestParam(
							required = false) @Nullable String limit,
			@Parameter(description = "Which come first",
					schema = @Schema(type = "string", defaultValue = "oldest",
							allowableValues = { "oldest", "newest" })) @RequestParam(
									required = false) @Nullable String order,
			@Parameter(hidden = true) HttpServletRequest request) {
		HistoryQuery query = new HistoryQuery(new TopicName(topic), QueryParameters.position("after", after),
				QueryParameters.position("before", before), QueryParameters.time("since", since),
				QueryParameters.limit(limit, this.properties.maxPage()), QueryParameters.order(order));
		HistoryPage page = this.history.read(caller(request), query);
		ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.cacheControl(CacheControl.noStore());
		String links = page.links();
		if (!links.isEmpty()) {
			answer.header(HttpHeaders.LINK, links);
		}
		return answer.body(page.publications().stream().map(KeptPublication::of).toList());
	}

	@GetMapping("/api/topics/{topic}/publications/{position}")
	@Operation(operationId = "readPublication", summary = "Read one publication",
			description = "Its bytes and its content type as they were published.")
	@ApiResponse(responseCode = "200", description = "The publication",
			headers = { @Header(name = POSITION, schema = @Schema(type = "string"), description = "The position"),
					@Header(name = TIMESTAMP, schema = @Schema(type = "integer"),
							description = "When the topic accepted it, in milliseconds since 1970") },
			content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
	@ApiResponse(responseCode = "304", description = "The publication that the client has", content = @Content)
	@ApiResponse(responseCode = "404", description = "The topic does not have it, or no longer",
			content = @Content(mediaType = "application/problem+json"))
	void read(@PathVariable String topic, @PathVariable String position,
			@Parameter(hidden = true) HttpServletRequest request,
			@Parameter(hidden = true) HttpServletResponse response) throws IOException {
		TopicName name = new TopicName(topic);
		Publication publication = this.broker.find(caller(request), name, Position.parse(position));
		response.setHeader(HttpHeaders.CACHE_CONTROL, this.access.isHistoryForEveryone(name) ? FOREVER : EACH_TIME);
		response.setHeader(POSITION, publication.position().toString());
		response.setHeader(TIMESTAMP, String.valueOf(publication.timestamp()));
		if (new ServletWebRequest(request, response).checkNotModified("\"%s\"".formatted(publication.position()),
				publication.timestamp())) {
			return;
		}
		write(publication, response);
	}

	@DeleteMapping("/api/topics/{topic}/publications")
	@Operation(operationId = "resetHistory", summary = "Forget the history",
			description = "The topic begins a new epoch, with offset 1 again.")
	@ApiResponse(responseCode = "200", description = "Where the topic stands now", useReturnTypeSchema = true)
	@ApiResponse(responseCode = "503", description = "The disk is full or fails; see Retry-After",
			content = @Content(mediaType = "application/problem+json"))
	ResponseEntity<TopicDescription> reset(@PathVariable String topic,
			@Parameter(hidden = true) HttpServletRequest request) {
		TopicName name = new TopicName(topic);
		TopicState state = this.broker.reset(caller(request), name);
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.body(TopicDescription.of(state, this.broker.subscribers(name), this.broker.rule(name)));
	}

	/**
	 * Write the body as what its publisher says it is, and keep browsers from running it:
	 * whoever may publish must not become a page of this server.
	 */
	private static void write(Publication publication, HttpServletResponse response) throws IOException {
		response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
		response.setHeader("X-Content-Type-Options", "nosniff");
		// Over STOMP it may have had line ends, which would end the header.
		publication.draft()
			.contentType()
			.ifPresent((type) -> response.setHeader(HttpHeaders.CONTENT_TYPE, type.replaceAll("\\p{Cntrl}+", " ")));
		response.setContentLength(publication.body().length);
		response.getOutputStream().write(publication.body());
	}

	private static Caller caller(HttpServletRequest request) {
		return Caller.of(request.getUserPrincipal());
	}

}
