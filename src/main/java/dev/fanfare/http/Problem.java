package dev.fanfare.http;

import java.net.URI;

import dev.fanfare.topic.ErrorType;
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

	static ProblemDetail of(HttpStatus status, ErrorType type, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setType(type(type));
		return problem;
	}

	static URI type(ErrorType type) {
		return URI.create("urn:fanfare:problem:" + type.word());
	}

	private static HttpStatus status(ErrorType type) {
		return switch (type) {
			case ACCESS_DENIED, ORIGIN_NOT_ALLOWED, HOST_NOT_ALLOWED -> HttpStatus.FORBIDDEN;
			case NOT_AUTHENTICATED, INVALID_CREDENTIALS, TOKEN_EXPIRED, TOKEN_REVOKED -> HttpStatus.UNAUTHORIZED;
			case BODY_TOO_SLOW -> HttpStatus.REQUEST_TIMEOUT;
			case PAYLOAD_TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
			case TOO_MANY_CONNECTIONS, TOO_MANY_REQUESTS, TOO_MANY_PUBLICATIONS, TOO_MANY_BYTES,
					TOO_MANY_SUBSCRIPTIONS ->
				HttpStatus.TOO_MANY_REQUESTS;
			case NODE_FULL, OVERLOADED, SHUTTING_DOWN, TOO_MANY_TOPICS, TOO_MANY_IDEMPOTENCY_KEYS, TOO_MANY_DURABLES,
					STORAGE_FAILED, KEYS_UNAVAILABLE, TOO_MANY_REVOCATIONS ->
				HttpStatus.SERVICE_UNAVAILABLE;
			case IDEMPOTENCY_CONFLICT, DURABLE_OF_ANOTHER_TOPIC, DURABLE_TAKEN_OVER -> HttpStatus.CONFLICT;
			case POSITION_LOST -> HttpStatus.GONE;
			case METHOD_NOT_ALLOWED -> HttpStatus.METHOD_NOT_ALLOWED;
			case NOT_KEPT, UNKNOWN_PATH, UNKNOWN_SESSION, UNKNOWN_SUBSCRIPTION, UNKNOWN_DURABLE -> HttpStatus.NOT_FOUND;
			case INTERNAL_ERROR, APPLICATION_ERROR -> HttpStatus.INTERNAL_SERVER_ERROR;
			default -> HttpStatus.BAD_REQUEST;
		};
	}

}
