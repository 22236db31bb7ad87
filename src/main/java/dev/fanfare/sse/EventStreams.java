package dev.fanfare.sse;

import dev.fanfare.access.AccessRules;
import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.RefusalMeter;
import dev.fanfare.broker.Sessions;
import dev.fanfare.broker.StartAt;
import dev.fanfare.broker.Subscription;
import dev.fanfare.limits.Hold;
import dev.fanfare.limits.Limits;
import dev.fanfare.limits.Seat;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;
import dev.fanfare.websocket.Connections;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Component;

/** Open streams, and let go of them when their requests are done. */
@Component
class EventStreams {

	private final AccessRules access;

	private final Broker broker;

	private final Connections connections;

	private final Limits limits;

	private final SseProperties properties;

	private final RefusalMeter refusals;

	private final Sessions sessions;

	EventStreams(AccessRules access, Broker broker, Connections connections, Limits limits, SseProperties properties,
			RefusalMeter refusals, Sessions sessions) {
		this.access = access;
		this.broker = broker;
		this.limits = limits;
		this.connections = connections;
		this.properties = properties;
		this.refusals = refusals;
		this.sessions = sessions;
	}

	/**
	 * See that there would be a stream, for who asks for its head alone.
	 * @throws Refusal if the caller may not have it
	 */
	void require(Caller caller, TopicName topic, StartAt start) {
		this.access.requireSubscribe(caller, topic);
		if (!(start instanceof StartAt.Live)) {
			this.access.requireHistory(caller, topic);
		}
	}

	/**
	 * Answer a request with a stream that goes on after this returns.
	 * @throws Refusal if there are too many
	 */
	void open(Caller caller, TopicName topic, StartAt start, HttpServletRequest request) {
		EventSession.Client client = EventSession.Client.of(request);
		Seat seat = this.limits.enter(request.getRemoteAddr());
		Hold place = Hold.NOTHING;
		AsyncContext async;
		try {
			seat.is(caller);
			place = seat.subscribes(caller);
			async = request.startAsync();
		}
		catch (RuntimeException ex) {
			place.close();
			seat.close();
			throw ex;
		}
		async.setTimeout(0);
		ResponseLine line = new ResponseLine(async, this.connections::run);
		EventStream stream = new EventStream(line, start, seat, place, this.connections, this.properties, this.refusals,
				this.sessions);
		async.addListener(new End(stream));
		stream.belongsTo(caller);
		try {
			Subscription subscription = this.broker.subscribe(caller, topic, start, stream);
			stream.hears(subscription, client);
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
