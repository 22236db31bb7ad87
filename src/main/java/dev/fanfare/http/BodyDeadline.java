package dev.fanfare.http;

import java.time.Duration;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Bound how long the body of any request may take to come, whoever reads it: a controller
 * of the application, Spring MVC, or Jetty for the parameters of a form.
 * <p>
 * The server's idle timeout ends what does not come at all; this ends what trickles.
 */
final class BodyDeadline extends Handler.Wrapper {

	/**
	 * What is added to the setting, so that {@link RequestBodies}, which counts from
	 * later on, is the first to say it.
	 */
	private static final Duration GRACE = Duration.ofSeconds(1);

	private final long nanos;

	BodyDeadline(Duration timeout) {
		this.nanos = timeout.plus(GRACE).toNanos();
	}

	@Override
	public boolean handle(Request request, Response response, Callback callback) throws Exception {
		return super.handle((request.getLength() != 0) ? new Timed(request, this.nanos) : request, response, callback);
	}

	private static final class Timed extends Request.Wrapper {

		private final long deadline;

		/** What is answered from the deadline on; belongs to who reads. */
		private Content.@Nullable Chunk failure;

		private Timed(Request request, long nanos) {
			super(request);
			this.deadline = System.nanoTime() + nanos;
		}

		@Override
		public Content.@Nullable Chunk read() {
			if (this.failure != null) {
				return this.failure;
			}
			Content.Chunk chunk = super.read();
			// What is whole is in time.
			if (chunk == null || chunk.isLast() || System.nanoTime() - this.deadline < 0) {
				return chunk;
			}
			chunk.release();
			this.failure = Content.Chunk.from(new HttpException.RuntimeException(HttpStatus.REQUEST_TIMEOUT_408,
					"its body did not come within fanfare.http.body-timeout"), true);
			return this.failure;
		}

	}

}
