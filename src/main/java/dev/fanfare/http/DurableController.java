package dev.fanfare.http;

import java.util.List;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Cursor;
import dev.fanfare.broker.CursorName;
import dev.fanfare.broker.Durables;
import dev.fanfare.topic.ErrorType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tell which durable subscriptions there are, and delete them. */
@RestController
@Tag(name = "Durable subscriptions")
@ApiResponse(responseCode = "400", description = "Something in the request is wrong, and the detail says what",
		content = @Content(mediaType = "application/problem+json"))
@ApiResponse(responseCode = "403", description = "Not open to this caller",
		content = @Content(mediaType = "application/problem+json"))
class DurableController {

	private final Durables durables;

	private final HttpProperties properties;

	DurableController(Durables durables, HttpProperties properties) {
		this.durables = durables;
		this.properties = properties;
	}

	@GetMapping("/api/durable-subscriptions")
	@Operation(operationId = "listDurables", summary = "List durable subscriptions by owner and name",
			description = "The next page is after the owner and name of the last one of this page.")
	@ApiResponse(responseCode = "200", description = "Some of them", useReturnTypeSchema = true)
	ResponseEntity<List<DurableDescription>> list(
			@Parameter(description = "Only those after this one; goes with afterName",
					schema = @Schema(type = "string")) @RequestParam(required = false) @Nullable String afterOwner,
			@Parameter(description = "Only those after this one; goes with afterOwner",
					schema = @Schema(type = "string")) @RequestParam(required = false) @Nullable String afterName,
			@Parameter(description = "How many at most; fanfare.http.max-page bounds it",
					schema = @Schema(type = "integer", defaultValue = "100", minimum = "1")) @RequestParam(
							required = false) @Nullable String limit,
			@Parameter(hidden = true) HttpServletRequest request) {
		List<Cursor> page = this.durables.list(Caller.of(request.getUserPrincipal()), after(afterOwner, afterName),
				QueryParameters.limit(limit, this.properties.maxPage()));
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.cacheControl(CacheControl.noStore())
			.body(page.stream()
				.map((cursor) -> DurableDescription.of(cursor, this.durables.isInUse(cursor.name())))
				.toList());
	}

	// In the query, not the path: names may have any character, a slash too.
	@DeleteMapping("/api/durable-subscriptions")
	@Operation(operationId = "deleteDurable", summary = "Delete a durable subscription",
			description = "A client that uses it is told and disconnected.")
	@ApiResponse(responseCode = "204", description = "Deleted")
	@ApiResponse(responseCode = "404", description = "There is none of that name",
			content = @Content(mediaType = "application/problem+json"))
	ResponseEntity<Void> delete(@RequestParam(defaultValue = "") String owner,
			@RequestParam(defaultValue = "") String name, @Parameter(hidden = true) HttpServletRequest request) {
		this.durables.delete(Caller.of(request.getUserPrincipal()), new CursorName(owner, name));
		return ResponseEntity.noContent().build();
	}

	private static @Nullable CursorName after(@Nullable String owner, @Nullable String name) {
		if (StringUtils.hasText(owner) != StringUtils.hasText(name)) {
			throw new InvalidRequest(ErrorType.INVALID_PARAMETER,
					"'afterOwner' is '%s' and 'afterName' is '%s': they go together.".formatted(owner, name));
		}
		return (owner != null && name != null && !owner.isBlank()) ? new CursorName(owner, name) : null;
	}

}
