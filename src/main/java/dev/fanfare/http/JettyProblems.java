package dev.fanfare.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import dev.fanfare.topic.ErrorType;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Say as a problem what Jetty refuses before a controller sees it, or what a controller
 * failed at.
 */
final class JettyProblems extends ErrorHandler {

	/** What must not get into anybody's log. */
	private static final Pattern TOKEN = Pattern.compile("(?<=access_token=)[^&]*");

	private final JsonMapper mapper;

	JettyProblems(JsonMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public boolean errorPageForMethod(String method) {
		return true;
	}

	@Override
	protected void generateResponse(Request request, Response response, int code, @Nullable String message,
			@Nullable Throwable cause, Callback callback) {
		HttpStatus status = HttpStatus.valueOf(code);
		Map<String, Object> problem = new LinkedHashMap<>();
		problem.put("type", Problem.type(type(status)));
		problem.put("title", status.getReasonPhrase());
		problem.put("status", code);
		problem.put("detail", detail(request, status, message));
		HttpFields.Mutable headers = response.getHeaders();
		// What Jetty refuses by itself has come by none of the filters that add these.
		headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
		headers.put("X-Content-Type-Options", "nosniff");
		headers.put("Cross-Origin-Resource-Policy", "same-origin");
		headers.put(HttpHeader.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		Content.Sink.write(response, true, this.mapper.writeValueAsString(problem), callback);
	}

	private static ErrorType type(HttpStatus status) {
		return switch (status) {
			case NOT_FOUND -> ErrorType.UNKNOWN_PATH;
			case METHOD_NOT_ALLOWED -> ErrorType.METHOD_NOT_ALLOWED;
			default -> isFaultOfClient(status) ? ErrorType.INVALID_REQUEST : ErrorType.INTERNAL_ERROR;
		};
	}

	private static boolean isFaultOfClient(HttpStatus status) {
		return status.is4xxClientError() || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED;
	}

	// Jetty's message tells of the client's fault, but of the server's it tells too much.
	private static String detail(Request request, HttpStatus status, @Nullable String message) {
		if (!isFaultOfClient(status)) {
			return "The server failed; its log says how.";
		}
		return "The request for '%s' cannot be read: %s.".formatted(
				TOKEN.matcher(request.getHttpURI().getPathQuery()).replaceAll("..."),
				(message != null) ? message : status.getReasonPhrase().toLowerCase(Locale.ROOT));
	}

}
