package dev.fanfare.http;

import dev.fanfare.topic.Refusal;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Translate what was thrown into problem details. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

	/** Seconds after which a publisher that was sent away may try again. */
	private static final String RETRY_AFTER = "1";

	@ExceptionHandler
	ResponseEntity<ProblemDetail> refused(Refusal refusal) {
		ProblemDetail problem = Problem.of(refusal);
		ResponseEntity.BodyBuilder response = ResponseEntity.status(problem.getStatus());
		if (problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
			response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
		}
		return response.body(problem);
	}

}
