package dev.fanfare.sse;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.StartAt;
import dev.fanfare.broker.Subscription;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;
import dev.fanfare.websocket.Connections;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

import org.springframework.stereotype.Component;

/** Open streams, and let go of them when their requests are done. */
@Component
class EventStreams {

	private final Broker broker;

	private final Connections connections;

	private final SseProperties properties;

	EventStreams(Broker broker, Connections connections, SseProperties properties) {
		this.broker = broker;
		this.connections = connections;
		this.properties = properties;
	}

	/** Answer a request with a stream that goes on after this returns. */
	void open(Caller caller, TopicName topic, StartAt start, AsyncContext async) {
		async.setTimeout(0);
		ResponseLine line = new ResponseLine(async, this.connections::run);
		EventStream stream = new EventStream(line, start, this.connections, this.properties);
		async.addListener(new End(stream));
		stream.belongsTo(caller);
		try {
			Subscription subscription = this.broker.subscribe(caller, topic, start, stream);
			stream.hears(subscription);
			subscription.started().whenComplete(stream::begun);
		}
		catch (Refusal refusal) {
			stream.fail(refusal);
		}
	}

	private record End(EventStream stream) implements AsyncListener {

		@Override
		public void onComplete(AsyncEvent event) {
			this.stream.end();
		}

		@Override
		public void onTimeout(AsyncEvent event) {
			// There is none.
		}

		@Override
		public void onError(AsyncEvent event) {
			// Its completion follows.
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
			// A request is streamed once.
		}

	}

}
