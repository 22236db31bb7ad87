package dev.fanfare.http;

import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.BrokerProperties;
import dev.fanfare.broker.Stored;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.IdempotencyKey;
import dev.fanfare.topic.TopicName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Publish by HTTP: an answer of 201 means that the topic has accepted it. */
@RestController
@Tag(name = "Publications")
@ApiResponse(responseCode = "400", description = "Something in the request is wrong, and the detail says what",
		content = @Content(mediaType = "application/problem+json"))
@ApiResponse(responseCode = "403", description = "The topic is not open to this caller",
		content = @Content(mediaType = "application/problem+json"))
@ApiResponse(responseCode = "409", description = "The idempotency key stands for another body or content type",
		content = @Content(mediaType = "application/problem+json"))
@ApiResponse(responseCode = "413", description = "The body is too large",
		content = @Content(mediaType = "application/problem+json"))
@ApiResponse(responseCode = "503", description = "Nothing was published, and it may be tried again; see Retry-After",
		content = @Content(mediaType = "application/problem+json"))
class PublicationController {

	private final Broker broker;

	private final BrokerProperties brokerProperties;

	private final HttpProperties properties;

	private final Batch batch;

	PublicationController(Broker broker, BrokerProperties brokerProperties, HttpProperties properties, Batch batch) {
		this.broker = broker;
		this.brokerProperties = brokerProperties;
		this.properties = properties;
		this.batch = batch;
	}

	@PostMapping("/api/topics/{topic}/publications")
	@Operation(operationId = "publish", summary = "Publish the body",
			description = "Subscribers get its bytes and its content type unchanged.",
			parameters = @Parameter(name = "Idempotency-Key", in = ParameterIn.HEADER,
					description = "Names this publishing: the same key is stored once within the topic's window",
					schema = @Schema(type = "string", minLength = 1, maxLength = 128)))
	@ApiResponse(responseCode = "201", description = "Accepted",
			headers = @Header(name = "Location", description = "Where it can be read",
					schema = @Schema(type = "string")),
			useReturnTypeSchema = true)
	@RequestBody(required = true, description = "What to publish, of any content type",
			content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
	ResponseEntity<PublicationReceipt> publish(@PathVariable String topic,
			@Parameter(hidden = true) HttpServletRequest request) throws IOException {
		TopicName name = new TopicName(topic);
		byte[] body = RequestBodies.read(request, this.brokerProperties.maxPayload(), "fanfare.broker.max-payload");
		Draft draft = new Draft(name, headers(request.getContentType()), body, key(request));
		PublicationReceipt receipt = publish(request, List.of(draft)).getFirst();
		return accepted().location(location(receipt)).body(receipt);
	}

	@PostMapping("/api/publications")
	@ApiResponse(responseCode = "201", description = "Accepted", useReturnTypeSchema = true)
	@Operation(operationId = "publishList", summary = "Publish a list to several topics",
			description = "All of it is published or nothing.")
	@RequestBody(required = true, content = @Content(mediaType = "application/json",
			array = @ArraySchema(schema = @Schema(implementation = BatchItem.class))))
	ResponseEntity<List<PublicationReceipt>> publish(@Parameter(hidden = true) HttpServletRequest request)
			throws IOException {
		byte[] json = RequestBodies.read(request, this.properties.maxBatchBytes(), "fanfare.http.max-batch-bytes");
		return accepted().body(publish(request, this.batch.read(json)));
	}

	private List<PublicationReceipt> publish(HttpServletRequest request, List<Draft> drafts) {
		Caller caller = Caller.of(request.getUserPrincipal());
		List<Stored> stored = this.broker.publish(caller, drafts, this.properties.patience());
		return IntStream.range(0, drafts.size())
			.mapToObj((index) -> receipt(drafts.get(index), stored.get(index)))
			.toList();
	}

	private PublicationReceipt receipt(Draft draft, Stored stored) {
		Boolean duplicate = (draft.idempotencyKey() != null) ? stored.duplicate() : null;
		return new PublicationReceipt(draft.topic().value(), stored.position().toString(),
				this.broker.subscribers(draft.topic()), duplicate);
	}

	private static @Nullable IdempotencyKey key(HttpServletRequest request) {
		List<String> keys = Collections.list(request.getHeaders(IdempotencyKey.HEADER));
		if (keys.size() > 1) {
			throw new InvalidRequest(ErrorType.INVALID_IDEMPOTENCY_KEY,
					"The request has the idempotency keys '%s'; it must have one."
						.formatted(String.join("', '", keys)));
		}
		return keys.isEmpty() ? null : new IdempotencyKey(keys.getFirst());
	}

	// In JSON whatever the Accept header says: after publishing it is too late to refuse.
	private static ResponseEntity.BodyBuilder accepted() {
		return ResponseEntity.status(HttpStatus.CREATED).contentType(MediaType.APPLICATION_JSON);
	}

	private static Map<String, String> headers(@Nullable String contentType) {
		return (contentType != null) ? Map.of(Draft.CONTENT_TYPE, contentType) : Map.of();
	}

	private static URI location(PublicationReceipt receipt) {
		return URI.create("/api/topics/%s/publications/%s".formatted(receipt.topic(), receipt.position()));
	}

}
