package dev.fanfare.broker;

import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.tracing.Span;

/** End a span when the last lane has sent what it is about. */
final class FanoutTrace {

	private final Span span;

	/** Those who are waited for; whoever announces is the first. */
	private final AtomicInteger awaited = new AtomicInteger(1);

	FanoutTrace(Span span) {
		this.span = span;
	}

	/** Wait for one more lane. */
	void await() {
		this.awaited.incrementAndGet();
	}

	/** Note that one of them is done. */
	void sent() {
		if (this.awaited.decrementAndGet() == 0) {
			this.span.end();
		}
	}

}
