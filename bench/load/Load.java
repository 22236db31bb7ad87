package load;

import java.util.ArrayList;
import java.util.List;

/** Have the connections of a shape to a server, and publish on them. */
final class Load implements AutoCloseable {

	static final long SECOND = 1_000_000_000L;

	/** In names of topics, so that none is used twice. */
	private static int runs;

	/** Bytes that the operating system takes for who may get stuck, so that the server has to keep the rest. */
	private static final int SMALL_BUFFER = 64 * 1024;

	private final Shape shape;

	private final List<Link> subscribers = new ArrayList<>();

	final Flows flows;

	final Deliveries deliveries;

	final Loop loop;

	Load(RunningPeer peer, Shape shape) {
		this.shape = shape;
		this.flows = new Flows(shape.flows(), shape.window(), shape.audience());
		this.deliveries = new Deliveries(this.flows);
		this.loop = new Loop(this.flows, this.deliveries);
		Protocol protocol = peer.peer().protocol();
		String name = "bench" + ++runs + "x";
		for (int subscriber = 0; subscriber < shape.subscribers(); subscriber++) {
			int topic = subscriber / shape.readers();
			Link link = new Link(protocol, peer.port(), name + topic, true)
				.hears(topic * shape.flowsPerTopic(), shape.flowsPerTopic());
			this.deliveries.expect(link);
			this.subscribers.add(link);
		}
		try {
			this.loop.open(this.subscribers, 0);
			setPublishers(protocol, peer, name);
			probe();
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	private void setPublishers(Protocol protocol, RunningPeer peer, String name) {
		List<Link> publishers = this.subscribers;
		if (!this.shape.everybody()) {
			boolean http = this.shape.http() > 0;
			Protocol spoken = http ? peer.peer().http() : peer.peer().publishing();
			int count = http ? this.shape.http() : spoken.publishesAnywhere() ? 1 : this.shape.topics();
			publishers = new ArrayList<>();
			for (int publisher = 0; publisher < count; publisher++) {
				publishers.add(new Link(spoken, peer.port(), name + publisher, false).hears(publisher, 0));
			}
			this.loop.open(publishers, 0);
		}
		byte[] body = Marker.body(this.shape.bytes());
		for (int flow = 0; flow < this.flows.count(); flow++) {
			String topic = name + flow / this.shape.flowsPerTopic();
			this.flows.set(flow, publishers.get((publishers.size() == 1) ? 0 : flow), topic, body);
		}
	}

	/** Publish until everybody hears it: not every server says when a subscription is there. */
	private void probe() {
		for (int attempt = 0; attempt < 100 && !everybodyHears(); attempt++) {
			for (int flow = 0; flow < this.flows.count(); flow++) {
				this.flows.publish(flow, System.nanoTime());
				this.flows.flush(flow);
			}
			this.loop.run(SECOND / 2, this::everybodyHears);
		}
		if (!everybodyHears()) {
			throw new IllegalStateException("%d of %d subscribers hear what is published".formatted(
					this.subscribers.stream().filter(this.deliveries::heardAll).count(), this.subscribers.size()));
		}
		this.loop.settle(SECOND / 2, () -> false);
		this.flows.giveUp();
	}

	private boolean everybodyHears() {
		return this.subscribers.stream().allMatch(this.deliveries::heardAll);
	}

	/** Return how many publications the subscribers have received together. */
	long received() {
		return this.subscribers.stream().mapToLong((link) -> link.received).sum();
	}

	/** Have more subscribers of the first topic, for whom nobody waits. */
	Bystanders addBystanders(int count) {
		Link like = this.subscribers.getFirst();
		List<Link> links = new ArrayList<>();
		for (int link = 0; link < count; link++) {
			links.add(new Link(like.protocol, like.port, like.topic, true).hears(like.firstFlow, like.flows));
		}
		links.forEach(this.deliveries::expect);
		this.loop.open(links, SMALL_BUFFER);
		return () -> links.forEach(Link::getStuck);
	}

	/** Publish as fast as the windows allow for so many seconds, and wait for what is on its way. */
	void saturate(double seconds) {
		this.flows.open();
		this.loop.runClosed((long) (seconds * SECOND));
		finish();
	}

	/** Publish no more and wait for what is on its way. */
	void finish() {
		this.flows.close();
		settle();
	}

	void settle() {
		this.loop.settle(3 * SECOND, () -> lost() == 0 && (this.shape.http() == 0 || this.flows.isComplete()));
	}

	long lost() {
		return this.deliveries.lost(this.subscribers);
	}

	@Override
	public void close() {
		this.loop.close();
	}

	/** Read like subscribers until they do no more. */
	interface Bystanders {

		void getStuck();

	}

}
