package dev.fanfare.http;

import java.net.URI;

import dev.fanfare.topic.Refusal;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * Say refusals as problem details, whose types are {@code urn:fanfare:problem:} and the
 * refusal's type.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
final class Problem {

	private Problem() {
	}

	static ProblemDetail of(Refusal refusal) {
		return of(status(refusal.type()), refusal.type(), refusal.getMessage());
	}

	static ProblemDetail of(HttpStatus status, String type, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setType(URI.create("urn:fanfare:problem:" + type));
		return problem;
	}

	private static HttpStatus status(String type) {
		return switch (type) {
			case "access-denied" -> HttpStatus.FORBIDDEN;
			case "payload-too-large" -> HttpStatus.CONTENT_TOO_LARGE;
			case "overloaded", "shutting-down", "too-many-topics" -> HttpStatus.SERVICE_UNAVAILABLE;
			case "not-kept", "unknown-session" -> HttpStatus.NOT_FOUND;
			default -> HttpStatus.BAD_REQUEST;
		};
	}

}
