package dev.fanfare.http;

import java.util.Optional;
import java.util.Set;

import dev.fanfare.broker.RefusalMeter;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Translate what was thrown into problem details. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

	/** Seconds after which a publisher that was sent away may try again. */
	private static final String RETRY_AFTER = "1";

	/** What the type of a problem is that nobody has given one. */
	private static final Set<String> UNTYPED = Set.of("null", "about:blank");

	private final RefusalMeter refusals;

	ProblemAdvice(RefusalMeter refusals) {
		this.refusals = refusals;
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> refused(Refusal refusal) {
		this.refusals.count(refusal);
		ProblemDetail problem = Problem.of(refusal);
		ResponseEntity.BodyBuilder response = ResponseEntity.status(problem.getStatus());
		refusal.retryAfterSeconds()
			.or(() -> Optional.of(RETRY_AFTER).filter((wait) -> isUnavailable(problem)))
			.ifPresent((wait) -> response.header(HttpHeaders.RETRY_AFTER, wait));
		if (problem.getStatus() == HttpStatus.UNAUTHORIZED.value()) {
			response.header(HttpHeaders.WWW_AUTHENTICATE, challenge(refusal.type()));
		}
		return response.body(problem);
	}

	private static boolean isUnavailable(ProblemDetail problem) {
		return problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value();
	}

	/** Say how to be let in (RFC 6750, 3). */
	private static String challenge(ErrorType type) {
		return (type == ErrorType.NOT_AUTHENTICATED) ? "Bearer" : "Bearer error=\"invalid_token\"";
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(NoResourceFoundException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		String path = ((ServletWebRequest) request).getRequest().getRequestURI();
		ProblemDetail problem = Problem.of(HttpStatus.NOT_FOUND, ErrorType.UNKNOWN_PATH,
				"Nothing is at '%s'; what there is, is described at /api/docs.".formatted(path));
		return handleExceptionInternal(ex, problem, headers, status, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
			HttpRequestMethodNotSupportedException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ProblemDetail problem = Problem.of(HttpStatus.METHOD_NOT_ALLOWED, ErrorType.METHOD_NOT_ALLOWED,
				"The method is '%s'; it must be %s.".formatted(ex.getMethod(),
						String.join(" or ", headers.getAllow().stream().map(HttpMethod::name).toList())));
		return handleExceptionInternal(ex, problem, headers, status, request);
	}

	/** Give the problems that Spring describes a type as well. */
	@Override
	protected ResponseEntity<Object> createResponseEntity(@Nullable Object body, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		if (body instanceof ProblemDetail problem && UNTYPED.contains(String.valueOf(problem.getType()))) {
			problem.setType(
					Problem.type(status.is4xxClientError() ? ErrorType.INVALID_REQUEST : ErrorType.INTERNAL_ERROR));
		}
		return super.createResponseEntity(body, headers, status, request);
	}

}
