package dev.fanfare.http;

import java.io.IOException;
import java.net.URI;
import java.util.List;

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
@ApiResponse(responseCode = "429", description = "A limit is reached; Retry-After says when to come back",
		content = @Content(mediaType = "application/problem+json"))
@ApiResponse(responseCode = "503", description = "Nothing was published, and it may be tried again; see Retry-After",
		content = @Content(mediaType = "application/problem+json"))
class PublicationController {

	static final String PATH = "/api/topics/{topic}/publications";

	private final Publishing publishing;

	PublicationController(Publishing publishing) {
		this.publishing = publishing;
	}

	/** Answer what {@link PublishFilter} leaves to Spring MVC. */
	@PostMapping(PATH)
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
		PublicationReceipt receipt = this.publishing.publish(new TopicName(topic), request);
		return accepted().location(URI.create(receipt.location())).body(receipt);
	}

	@PostMapping("/api/publications")
	@ApiResponse(responseCode = "201", description = "Accepted", useReturnTypeSchema = true)
	@Operation(operationId = "publishList", summary = "Publish a list to several topics",
			description = "All of it is published or nothing.")
	@RequestBody(required = true, content = @Content(mediaType = "application/json",
			array = @ArraySchema(schema = @Schema(implementation = BatchItem.class))))
	ResponseEntity<List<PublicationReceipt>> publish(@Parameter(hidden = true) HttpServletRequest request)
			throws IOException {
		return accepted().body(this.publishing.publishList(request));
	}

	// In JSON whatever the Accept header says: after publishing it is too late to refuse.
	private static ResponseEntity.BodyBuilder accepted() {
		return ResponseEntity.status(HttpStatus.CREATED).contentType(MediaType.APPLICATION_JSON);
	}

}
