package dev.fanfare.sse;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.StartAt;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Stream topics to clients as Server-Sent Events. */
@RestController
@Tag(name = "Events")
class EventController {

	private final EventStreams streams;

	EventController(EventStreams streams) {
		this.streams = streams;
	}

	@GetMapping("/api/topics/{topic}/events")
	@Operation(operationId = "streamEvents", summary = "Subscribe to a topic by Server-Sent Events",
			description = "The stream goes on until either side ends it. An event's id is its position.",
			parameters = {
					@Parameter(name = "Last-Event-ID", in = ParameterIn.HEADER,
							description = "Go on after this position; counts more than the parameters",
							schema = @Schema(type = "string")),
					@Parameter(name = "last-event-id", in = ParameterIn.QUERY,
							description = "The same, for clients that cannot set the header",
							schema = @Schema(type = "string")),
					@Parameter(name = "replay", in = ParameterIn.QUERY,
							description = "Start in the past: all, last=NUMBER or since=TIME",
							schema = @Schema(type = "string")),
					@Parameter(name = "if-lost", in = ParameterIn.QUERY,
							description = "Where to go on when what comes next is no longer kept: the oldest that is, "
									+ "live, or not at all (error)",
							schema = @Schema(type = "string", defaultValue = "oldest",
									allowableValues = { "oldest", "live", "error" })) })
	@ApiResponse(responseCode = "200", description = "The stream",
			content = @Content(mediaType = "text/event-stream", schema = @Schema(type = "string")))
	@ApiResponse(responseCode = "400", description = "Something in the request is wrong, and the detail says what",
			content = @Content(mediaType = "application/problem+json"))
	@ApiResponse(responseCode = "403", description = "The topic is not open to this caller",
			content = @Content(mediaType = "application/problem+json"))
	@ApiResponse(responseCode = "429", description = "A limit is reached; Retry-After says when to come back",
			content = @Content(mediaType = "application/problem+json"))
	@ApiResponse(responseCode = "410", description = "What comes next is no longer kept, and if-lost says error",
			content = @Content(mediaType = "application/problem+json"))
	void stream(@PathVariable String topic, @Parameter(hidden = true) HttpServletRequest request,
			@Parameter(hidden = true) HttpServletResponse response) {
		if (request.getAttribute(ResponseLine.REFUSAL) instanceof Refusal refusal) {
			throw refusal;
		}
		TopicName name = new TopicName(topic);
		StartAt start = StartParameters.read(request);
		Caller caller = Caller.of(request.getUserPrincipal());
		boolean wanted = !request.getMethod().equals(HttpMethod.HEAD.name());
		if (!wanted) {
			this.streams.require(caller, name, start);
		}
		response.setHeader(HttpHeaders.CONTENT_TYPE, MediaType.TEXT_EVENT_STREAM_VALUE);
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store, no-transform");
		// Proxies hold back what they think is a page.
		response.setHeader("X-Accel-Buffering", "no");
		if (wanted) {
			this.streams.open(caller, name, start, request);
		}
	}

}
