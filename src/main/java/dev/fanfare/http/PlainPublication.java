package dev.fanfare.http;

import java.util.Set;

import dev.fanfare.topic.IdempotencyKey;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Hold what a request to publish says beside its body, where it says it plainly: a short
 * body of known length, nothing that is wrong, and no header that needs a closer look.
 *
 * @param topic where to
 * @param length how many bytes the body has
 * @param authorization what the caller shows, if anything
 * @param contentType what the body is, if that is said
 * @param idempotencyKey names this publishing, if anything does
 */
record PlainPublication(TopicName topic, int length, @Nullable String authorization, @Nullable String contentType,
		@Nullable IdempotencyKey idempotencyKey) {

	private static final String PREFIX = "/api/topics/";

	private static final String SUFFIX = "/publications";

	/**
	 * Read it.
	 * @param longest bytes that the body may have
	 * @param marks names of headers, in lower case, that no plain one has
	 * @return nothing where it is another request
	 */
	static @Nullable PlainPublication of(Request request, int longest, Set<String> marks) {
		long length = request.getLength();
		String name = (length > 0 && length <= longest && "POST".equals(request.getMethod()))
				? name(request.getHttpURI()) : null;
		return (name != null) ? of(request, name, (int) length, marks) : null;
	}

	private static @Nullable String name(HttpURI uri) {
		String path = uri.getPath();
		boolean plain = path != null && uri.getQuery() == null && uri.getParam() == null && path.startsWith(PREFIX)
				&& path.endsWith(SUFFIX) && path.length() > PREFIX.length() + SUFFIX.length();
		return plain ? path.substring(PREFIX.length(), path.length() - SUFFIX.length()) : null;
	}

	private static @Nullable PlainPublication of(Request request, String topic, int length, Set<String> marks) {
		String authorization = null;
		String contentType = null;
		String key = null;
		for (HttpField field : request.getHeaders()) {
			String name = field.getLowerCaseName();
			String before = null;
			switch (name) {
				case "authorization" -> {
					before = authorization;
					authorization = field.getValue();
				}
				case "content-type" -> {
					before = contentType;
					contentType = field.getValue();
				}
				case "idempotency-key" -> {
					before = key;
					key = field.getValue();
				}
				default -> {
					if (marks.contains(name)) {
						return null;
					}
				}
			}
			if (before != null) {
				return null;
			}
		}
		try {
			return new PlainPublication(new TopicName(topic), length, authorization, contentType,
					(key != null) ? new IdempotencyKey(key) : null);
		}
		catch (Refusal ex) {
			return null;
		}
	}

}
