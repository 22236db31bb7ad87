package dev.fanfare.broker;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.TopicName;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;

/**
 * Trace what is published within a request that is traced: <pre>
 *   POST /api/topics/{topic}/publications   [------------------]
 *     append                                  [------------]           engine, fsync
 *       fan-out                                          [--------]    announced, until the last lane has sent it
 * </pre> The draft leads from the publisher's thread to those that announce and deliver.
 * Bounded by the publishers that are inside. Without a tracer nothing is done.
 */
final class Traces {

	private final @Nullable Tracer tracer;

	/** The traced drafts that are being appended, with their spans. */
	private final Map<Key, Span> appending = new ConcurrentHashMap<>();

	Traces(@Nullable Tracer tracer) {
		this.tracer = tracer;
	}

	/** Append drafts, in a span where the request that brought them has one. */
	List<Stored> append(List<Draft> drafts, Supplier<List<Stored>> append) {
		Span request = (this.tracer != null) ? this.tracer.currentSpan() : null;
		if (this.tracer == null || request == null || !Boolean.TRUE.equals(request.context().sampled())) {
			return append.get();
		}
		Span span = child(this.tracer, request, "append", drafts.getFirst().topic())
			.tag("messaging.batch.message_count", drafts.size())
			.start();
		drafts.forEach((draft) -> this.appending.put(new Key(draft), span));
		try {
			return append.get();
		}
		catch (RuntimeException ex) {
			span.error(ex);
			throw ex;
		}
		finally {
			drafts.forEach((draft) -> this.appending.remove(new Key(draft)));
			span.end();
		}
	}

	/** Begin the spans of fan-outs, of those publications that are traced. */
	Map<Publication, FanoutTrace> begin(List<Publication> publications) {
		if (this.tracer == null || this.appending.isEmpty()) {
			return Map.of();
		}
		Map<Publication, FanoutTrace> begun = new IdentityHashMap<>();
		for (Publication publication : publications) {
			Span append = this.appending.get(new Key(publication.draft()));
			if (append != null) {
				Span span = child(this.tracer, append, "fan-out", publication.topic())
					.tag("fanfare.position", publication.position().toString())
					.start();
				begun.put(publication, new FanoutTrace(span));
			}
		}
		return begun;
	}

	private static Span child(Tracer tracer, Span parent, String name, TopicName topic) {
		return Objects.requireNonNull(tracer.nextSpan(parent))
			.name(name)
			.tag("messaging.system", "fanfare")
			.tag("messaging.destination.name", topic.value());
	}

	/** Tell drafts apart that are equal. */
	private record Key(Draft draft) {

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Key key && key.draft == this.draft;
		}

		@Override
		public int hashCode() {
			return System.identityHashCode(this.draft);
		}

	}

}
