package dev.fanfare.http;

import java.io.IOException;
import java.util.function.Supplier;

import dev.fanfare.access.Passage;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Answer who publishes one body before Spring MVC would, as {@link PublicationController}
 * does, or say why not where {@link PublishHandler} has tried.
 * <p>
 * Paths that are written in an unusual way, with escapes for instance, are left to the
 * controller.
 */
final class PublishFilter extends HttpFilter implements Passage {

	static final String PATHS = "/api/topics/*";

	private static final String PREFIX = "/api/topics/";

	private static final String SUFFIX = "/publications";

	/** Names the attribute of a request that tells why it has failed already. */
	static final String FAILURE = PublishFilter.class.getName() + ".failure";

	private final Supplier<Publishing> publishing;

	private final HandlerExceptionResolver refusals;

	private final ObjectWriter receipts;

	PublishFilter(Supplier<Publishing> publishing, HandlerExceptionResolver refusals, JsonMapper mapper) {
		this.publishing = publishing;
		this.refusals = refusals;
		this.receipts = mapper.writerFor(PublicationReceipt.class);
	}

	@Override
	protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		String topic = "POST".equals(request.getMethod()) ? topic(request.getRequestURI()) : null;
		if (topic == null) {
			chain.doFilter(request, response);
			return;
		}
		ServerHttpObservationFilter.findObservationContext(request)
			.ifPresent((context) -> context.setPathPattern(PublicationController.PATH));
		try {
			if (request.getAttribute(FAILURE) instanceof RuntimeException failure) {
				throw failure;
			}
			answer(response, this.publishing.get().publish(new TopicName(topic), request));
		}
		catch (Refusal refusal) {
			this.refusals.resolveException(request, response, null, refusal);
		}
	}

	private void answer(HttpServletResponse response, PublicationReceipt receipt) throws IOException {
		byte[] body = this.receipts.writeValueAsBytes(receipt);
		response.setStatus(HttpServletResponse.SC_CREATED);
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.setHeader(HttpHeaders.LOCATION, receipt.location());
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

	private static @Nullable String topic(String path) {
		if (!path.startsWith(PREFIX) || !path.endsWith(SUFFIX) || path.length() <= PREFIX.length() + SUFFIX.length()) {
			return null;
		}
		String topic = path.substring(PREFIX.length(), path.length() - SUFFIX.length());
		return topic.chars().allMatch(PublishFilter::isPlain) ? topic : null;
	}

	private static boolean isPlain(int character) {
		return character != '/' && character != '%' && character != ';' && character != '\\';
	}

}
