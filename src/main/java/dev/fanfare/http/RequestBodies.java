package dev.fanfare.http;

import java.io.IOException;
import java.util.Arrays;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.util.unit.DataSize;

/** Read the bodies of requests as they are, whatever their content type says. */
final class RequestBodies {

	/** Bytes that are thrown away of a body that is too large. */
	private static final long MOST_DRAINED = 1024 * 1024;

	/** Bytes of a body that is read into an array of its length. */
	private static final int SMALL = 16 * 1024;

	private RequestBodies() {
	}

	/**
	 * Read the whole body.
	 * @param setting what the limit is called, for the message
	 * @throws InvalidRequest if it has more bytes than the limit, or none
	 */
	static byte[] read(HttpServletRequest request, DataSize limit, String setting) throws IOException {
		if (request.getContentLengthLong() > limit.toBytes()) {
			drain(request);
			throw InvalidRequest.tooLarge(String.valueOf(request.getContentLengthLong()), limit, setting);
		}
		byte[] body = read(request, (int) limit.toBytes() + 1);
		if (body.length > limit.toBytes()) {
			drain(request);
			throw InvalidRequest.tooLarge("more than " + limit.toBytes(), limit, setting);
		}
		if (body.length == 0) {
			throw InvalidRequest.emptyBody();
		}
		return body;
	}

	// A stream takes a buffer for each body, most of it for nothing where that is small.
	// Of
	// a large one only what has come is held: its sender may never send the rest.
	private static byte[] read(HttpServletRequest request, int most) throws IOException {
		int length = request.getContentLength();
		if (length < 0 || length > SMALL) {
			return request.getInputStream().readNBytes(most);
		}
		byte[] body = new byte[length];
		int read = request.getInputStream().readNBytes(body, 0, length);
		return (read == length) ? body : Arrays.copyOf(body, read);
	}

	// Jetty cuts a connection off whose request has not come wholly, and the sender,
	// still
	// writing, would not get to read why.
	private static void drain(HttpServletRequest request) throws IOException {
		if (request.getContentLengthLong() <= MOST_DRAINED) {
			request.getInputStream().skip(MOST_DRAINED);
		}
	}

}
