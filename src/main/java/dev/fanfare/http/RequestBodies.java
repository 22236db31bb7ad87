package dev.fanfare.http;

import java.io.IOException;

import dev.fanfare.broker.PayloadTooLarge;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.util.unit.DataSize;

/** Read the bodies of requests as they are, whatever their content type says. */
final class RequestBodies {

	private RequestBodies() {
	}

	/**
	 * Read the whole body.
	 * @throws PayloadTooLarge if it has more bytes than the limit; no more than that is
	 * read
	 * @throws InvalidRequest if there is none
	 */
	static byte[] read(HttpServletRequest request, DataSize limit) throws IOException {
		if (request.getContentLengthLong() > limit.toBytes()) {
			throw new PayloadTooLarge(request.getContentLengthLong(), limit);
		}
		byte[] body = request.getInputStream().readNBytes((int) limit.toBytes() + 1);
		if (body.length > limit.toBytes()) {
			throw new PayloadTooLarge(body.length, limit);
		}
		if (body.length == 0) {
			throw InvalidRequest.emptyBody();
		}
		return body;
	}

}
