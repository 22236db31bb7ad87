package dev.fanfare.http;

import java.util.List;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.TopicState;
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
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Tell which topics there are and where they stand. */
@RestController
@Tag(name = "Topics")
@ApiResponse(responseCode = "400", description = "Something in the request is wrong, and the detail says what",
		content = @Content(mediaType = "application/problem+json"))
@ApiResponse(responseCode = "403", description = "Not open to this caller",
		content = @Content(mediaType = "application/problem+json"))
class TopicController {

	private final Broker broker;

	private final HttpProperties properties;

	TopicController(Broker broker, HttpProperties properties) {
		this.broker = broker;
		this.properties = properties;
	}

	@GetMapping("/api/topics")
	@Operation(operationId = "listTopics", summary = "List the topics that have a position, by name")
	@ApiResponse(responseCode = "200", description = "Some topics; the Link header says where the next ones are",
			headers = @Header(name = "Link", schema = @Schema(type = "string"),
					description = "The next page, where there is one, with rel=\"next\""),
			useReturnTypeSchema = true)
	ResponseEntity<List<TopicDescription>> list(
			@Parameter(description = "How their names begin",
					schema = @Schema(type = "string")) @RequestParam(defaultValue = "") String prefix,
			@Parameter(description = "Only names after this one",
					schema = @Schema(type = "string")) @RequestParam(required = false) @Nullable String after,
			@Parameter(description = "How many at most; fanfare.http.max-page bounds it",
					schema = @Schema(type = "integer", defaultValue = "100", minimum = "1")) @RequestParam(
							required = false) @Nullable String limit,
			@Parameter(hidden = true) HttpServletRequest request) {
		int most = QueryParameters.limit(limit, this.properties.maxPage());
		TopicName begin = StringUtils.hasText(after) ? new TopicName(after) : null;
		List<TopicState> found = this.broker.topics(Caller.of(request.getUserPrincipal()),
				QueryParameters.prefix(prefix), begin, most + 1);
		ResponseEntity.BodyBuilder answer = answer();
		List<TopicState> page = found.subList(0, Math.min(most, found.size()));
		if (found.size() > most) {
			answer.header(HttpHeaders.LINK, next(prefix, page.getLast().topic(), most));
		}
		return answer.body(page.stream().map(this::description).toList());
	}

	@GetMapping("/api/topics/{topic}")
	@Operation(operationId = "readTopic", summary = "Tell where a topic stands",
			description = "A topic need not have publications to be asked.")
	@ApiResponse(responseCode = "200", description = "Where it stands", useReturnTypeSchema = true)
	ResponseEntity<TopicDescription> state(@PathVariable String topic,
			@Parameter(hidden = true) HttpServletRequest request) {
		TopicState state = this.broker.state(Caller.of(request.getUserPrincipal()), new TopicName(topic));
		return answer().body(description(state));
	}

	private TopicDescription description(TopicState state) {
		return TopicDescription.of(state, this.broker.subscribers(state.topic()), this.broker.rule(state.topic()));
	}

	private static ResponseEntity.BodyBuilder answer() {
		return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).cacheControl(CacheControl.noStore());
	}

	private static String next(String prefix, TopicName last, int limit) {
		UriComponentsBuilder uri = UriComponentsBuilder.fromPath("/api/topics");
		if (!prefix.isEmpty()) {
			uri.queryParam("prefix", prefix);
		}
		return "<%s>; rel=\"next\""
			.formatted(uri.queryParam("after", last).queryParam("limit", limit).build().toUriString());
	}

}
