package dev.fanfare.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;

import dev.fanfare.limits.Kept;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.util.unit.DataSize;

/** Read the bodies of requests as they are, whatever their content type says. */
final class RequestBodies {

	/** Bytes that are thrown away of a body that is too large. */
	private static final long MOST_DRAINED = 1024 * 1024;

	/** Bytes of a body that is read into an array of its length. */
	static final int SMALL = 16 * 1024;

	private RequestBodies() {
	}

	/**
	 * Read the whole body.
	 * @param setting what the limit is called, for the message
	 * @param timeout how long it may take to come
	 * @throws InvalidRequest if it has more bytes than the limit, or none, or takes
	 * longer
	 * @throws dev.fanfare.limits.LimitReached if too much is kept of what has not come
	 * wholly
	 */
	static byte[] read(HttpServletRequest request, DataSize limit, String setting, Duration timeout)
			throws IOException {
		long deadline = System.nanoTime() + timeout.toNanos();
		if (request.getContentLengthLong() > limit.toBytes()) {
			drain(request, deadline);
			throw InvalidRequest.tooLarge(String.valueOf(request.getContentLengthLong()), limit, setting);
		}
		byte[] body = read(request, (int) limit.toBytes() + 1, deadline);
		if (body.length > limit.toBytes()) {
			drain(request, deadline);
			throw InvalidRequest.tooLarge("more than " + limit.toBytes(), limit, setting);
		}
		if (body.length == 0) {
			throw InvalidRequest.emptyBody();
		}
		return body;
	}

	// A stream takes a buffer for each body, most of it for nothing where that is
	// small. Of a large one only what has come is held: its sender may never send more.
	private static byte[] read(HttpServletRequest request, int most, long deadline) throws IOException {
		int length = request.getContentLength();
		if (length < 0 || length > SMALL) {
			try (Kept kept = LimitFilter.visitor(request).keeps()) {
				return readLarge(request.getInputStream(), most, deadline, kept);
			}
		}
		byte[] body = new byte[length];
		int read = readInTime(request.getInputStream(), body, length, deadline);
		return (read == length) ? body : Arrays.copyOf(body, read);
	}

	private static byte[] readLarge(InputStream in, int most, long deadline, Kept kept) throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream(SMALL);
		byte[] part = new byte[SMALL];
		int read;
		do {
			kept.is(body.size() + part.length);
			read = readInTime(in, part, Math.min(SMALL, most - body.size()), deadline);
			body.write(part, 0, read);
		}
		while (read == SMALL && body.size() < most);
		return body.toByteArray();
	}

	/** Read so much, or what there is, a part at a time as it comes. */
	private static int readInTime(InputStream in, byte[] into, int length, long deadline) throws IOException {
		int read = 0;
		for (int next = 0; next >= 0 && read < length; next = in.read(into, read, length - read)) {
			read += next;
			if (System.nanoTime() > deadline) {
				throw InvalidRequest.tooSlow();
			}
		}
		return read;
	}

	// Jetty cuts a connection off whose request has not come wholly, and the sender, who
	// still writes, would not get to read why.
	private static void drain(HttpServletRequest request, long deadline) throws IOException {
		if (request.getContentLengthLong() <= MOST_DRAINED) {
			byte[] part = new byte[SMALL];
			long left = MOST_DRAINED;
			for (int read = SMALL; read == SMALL && left > 0; left -= read) {
				read = readInTime(request.getInputStream(), part, SMALL, deadline);
			}
		}
	}

}
