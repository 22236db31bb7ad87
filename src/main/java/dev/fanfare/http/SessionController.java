package dev.fanfare.http;

import java.util.List;
import java.util.function.Predicate;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.Session;
import dev.fanfare.broker.Sessions;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.TopicName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Let operators see and steer the sessions of this node. */
@RestController
@Tag(name = "Sessions")
@ApiResponse(responseCode = "400", description = "Something in the request is wrong, and the detail says what",
		content = @Content(mediaType = "application/problem+json"))
@ApiResponse(responseCode = "403", description = "Not open to this caller",
		content = @Content(mediaType = "application/problem+json"))
@ApiResponse(responseCode = "404", description = "There is no such session or subscription",
		content = @Content(mediaType = "application/problem+json"))
class SessionController {

	private final Sessions sessions;

	private final Broker broker;

	private final HttpProperties properties;

	SessionController(Sessions sessions, Broker broker, HttpProperties properties) {
		this.sessions = sessions;
		this.broker = broker;
		this.properties = properties;
	}

	@GetMapping("/api/sessions")
	@Operation(operationId = "listSessions", summary = "List the open sessions of this node, by id")
	@ApiResponse(responseCode = "200", description = "Some sessions; the Link header says where the next ones are",
			headers = @Header(name = "Link", schema = @Schema(type = "string"),
					description = "The next page, where there is one, with rel=\"next\""),
			useReturnTypeSchema = true)
	ResponseEntity<List<SessionDescription>> list(
			@Parameter(description = "Only those of this user") @RequestParam(required = false) @Nullable String user,
			@Parameter(description = "Only those from this address") @RequestParam(
					required = false) @Nullable String address,
			@Parameter(description = "Only those that are subscribed to this topic",
					schema = @Schema(type = "string")) @RequestParam(required = false) @Nullable String topic,
			@Parameter(description = "Only those of this kind",
					schema = @Schema(type = "string", allowableValues = { "stomp", "websocket", "sse" })) @RequestParam(
							required = false) @Nullable String kind,
			@Parameter(description = "Only ids after this one") @RequestParam(required = false) @Nullable String after,
			@Parameter(description = "How many at most; fanfare.http.max-page bounds it",
					schema = @Schema(type = "integer", defaultValue = "100", minimum = "1")) @RequestParam(
							required = false) @Nullable String limit,
			@Parameter(hidden = true) HttpServletRequest request) {
		int most = QueryParameters.limit(limit, this.properties.maxPage());
		Predicate<Session> wanted = new SessionFilter(user, address, topic, kind);
		List<Session> found = this.sessions.list(caller(request), wanted, after, most + 1);
		List<Session> page = found.subList(0, Math.min(most, found.size()));
		ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.cacheControl(CacheControl.noStore());
		if (found.size() > most) {
			String next = UriComponentsBuilder.fromPath("/api/sessions")
				.query(query(request))
				.replaceQueryParam("after", page.getLast().id())
				.build()
				.toUriString();
			answer.header(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(next));
		}
		return answer.body(page.stream().map(SessionDescription::of).toList());
	}

	@GetMapping("/api/sessions/{id}")
	@Operation(operationId = "readSession", summary = "Tell of one session, with its subscriptions")
	@ApiResponse(responseCode = "200", description = "What it is and does", useReturnTypeSchema = true)
	ResponseEntity<SessionDescription> read(@PathVariable String id,
			@Parameter(hidden = true) HttpServletRequest request) {
		Session session = this.sessions.find(caller(request), id);
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.cacheControl(CacheControl.noStore())
			.body(SessionDescription.of(session, this::newest));
	}

	@DeleteMapping("/api/sessions/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(operationId = "disconnectSession", summary = "End a session",
			description = "What is on its way to it is sent first.")
	@ApiResponse(responseCode = "204", description = "Its end has begun")
	void disconnect(@PathVariable String id,
			@Parameter(description = "Of the close frame: 1000, 1008, 1011 to 1013 or 4000 to 4999",
					schema = @Schema(type = "integer", defaultValue = "4010")) @RequestParam(
							required = false) @Nullable String code,
			@Parameter(description = "Of the close frame, 123 bytes of UTF-8 at most",
					schema = @Schema(type = "string")) @RequestParam(required = false) @Nullable String reason,
			@Parameter(hidden = true) HttpServletRequest request) {
		Ending ending = Ending.of(code, reason);
		ending.apply(this.sessions.find(caller(request), id));
	}

	// In the query, not the path: names may have any character, a slash too.
	@DeleteMapping("/api/sessions")
	@Operation(operationId = "disconnectUser", summary = "End all sessions of a user")
	@ApiResponse(responseCode = "200", description = "How many there were", useReturnTypeSchema = true)
	Reached disconnectUser(@Parameter(description = "The name of the user") @RequestParam String user,
			@Parameter(description = "Of the close frame: 1000, 1008, 1011 to 1013 or 4000 to 4999",
					schema = @Schema(type = "integer", defaultValue = "4010")) @RequestParam(
							required = false) @Nullable String code,
			@Parameter(description = "Of the close frame, 123 bytes of UTF-8 at most",
					schema = @Schema(type = "string")) @RequestParam(required = false) @Nullable String reason,
			@Parameter(hidden = true) HttpServletRequest request) {
		QueryParameters.requireUser(user);
		Ending ending = Ending.of(code, reason);
		List<Session> ended = this.sessions.of(caller(request), user);
		ended.forEach(ending::apply);
		return new Reached(user, ended.size());
	}

	@PutMapping("/api/sessions/{id}/subscriptions/{topic}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(operationId = "subscribeSession", summary = "Subscribe a session to a topic",
			description = "Its client is sent MESSAGE frames with the subscription 'server:TOPIC'.")
	@ApiResponse(responseCode = "204", description = "It is subscribed")
	void subscribe(@PathVariable String id, @PathVariable String topic,
			@Parameter(hidden = true) HttpServletRequest request) {
		TopicName name = new TopicName(topic);
		this.sessions.find(caller(request), id).subscribe(name);
	}

	@DeleteMapping("/api/sessions/{id}/subscriptions/{topic}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(operationId = "unsubscribeSession", summary = "End a session's subscriptions of a topic",
			description = "Those that its client made as well.")
	@ApiResponse(responseCode = "204", description = "They have ended")
	void unsubscribe(@PathVariable String id, @PathVariable String topic,
			@Parameter(hidden = true) HttpServletRequest request) {
		TopicName name = new TopicName(topic);
		if (!this.sessions.find(caller(request), id).unsubscribe(name)) {
			throw new InvalidRequest(ErrorType.UNKNOWN_SUBSCRIPTION,
					"Session '%s' is not subscribed to topic '%s'.".formatted(id, name));
		}
	}

	private Position newest(TopicName topic) {
		// Whoever operates may know where a topic stands.
		return this.broker.state(new Caller.Application(), topic).position();
	}

	private static Caller caller(HttpServletRequest request) {
		return Caller.of(request.getUserPrincipal());
	}

	private static String query(HttpServletRequest request) {
		String query = request.getQueryString();
		return (query != null) ? query : "";
	}

}
