package dev.fanfare.http;

import java.io.IOException;
import java.util.regex.Pattern;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.BrokerProperties;
import dev.fanfare.broker.Sessions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Send to a user, wherever that is connected. */
@RestController
@Tag(name = "Users")
class UserController {

	private static final Pattern QUEUE = Pattern.compile("/queue/[A-Za-z0-9._:/-]{1,128}");

	private final Sessions sessions;

	private final BrokerProperties brokerProperties;

	private final HttpProperties properties;

	UserController(Sessions sessions, BrokerProperties brokerProperties, HttpProperties properties) {
		this.sessions = sessions;
		this.brokerProperties = brokerProperties;
		this.properties = properties;
	}

	// In the query, not the path: names may have any character, a slash too.
	@PostMapping("/api/users/messages")
	@Operation(operationId = "sendToUser", summary = "Send the body to all sessions of a user on this node",
			description = "It comes as a MESSAGE to what is subscribed to /user and the destination, and is not kept.",
			requestBody = @RequestBody(required = true, content = @Content(mediaType = "*/*")))
	@ApiResponse(responseCode = "200", description = "How many sessions it was sent to", useReturnTypeSchema = true)
	@ApiResponse(responseCode = "400", description = "Something in the request is wrong, and the detail says what",
			content = @Content(mediaType = "application/problem+json"))
	@ApiResponse(responseCode = "403", description = "Not open to this caller",
			content = @Content(mediaType = "application/problem+json"))
	@ApiResponse(responseCode = "413", description = "The body is larger than fanfare.broker.max-payload",
			content = @Content(mediaType = "application/problem+json"))
	Reached send(@Parameter(description = "The name of the user") @RequestParam String user,
			@Parameter(description = "The queue, as clients subscribe to it after /user",
					schema = @Schema(type = "string", defaultValue = "/queue/messages")) @RequestParam(
							defaultValue = "/queue/messages") String destination,
			@Parameter(hidden = true) HttpServletRequest request) throws IOException {
		QueryParameters.requireUser(user);
		if (!QUEUE.matcher(destination).matches()) {
			throw QueryParameters.invalid("destination", destination,
					"/queue/ and a name of letters, digits, '.', '_', ':', '/' or '-'");
		}
		var found = this.sessions.of(Caller.of(request.getUserPrincipal()), user);
		byte[] body = RequestBodies.read(request, this.brokerProperties.maxPayload(), "fanfare.broker.max-payload",
				this.properties.bodyTimeout());
		int reached = 0;
		for (var session : found) {
			reached += session.send(destination, body, request.getContentType()) ? 1 : 0;
		}
		return new Reached(user, reached);
	}

}
