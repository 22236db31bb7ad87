package dev.fanfare.conformance;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import dev.fanfare.testing.Swarm;

/** Reach the server under test for one check; its connections are cut off afterwards. */
final class Server implements AutoCloseable {

	/** Names topics; those of an earlier run are not met again. */
	private static final AtomicLong TOPICS = new AtomicLong(System.currentTimeMillis() * 1000);

	private final Swarm swarm;

	private final String path;

	private final Duration patience;

	private final List<Peer> peers = new CopyOnWriteArrayList<>();

	private Server(Swarm swarm, String path, Duration patience) {
		this.swarm = swarm;
		this.path = path;
		this.patience = patience;
	}

	/**
	 * Reach a server.
	 * @param swarm connects to its host and port
	 * @param patience how long an answer may take before it counts as none
	 */
	static Server at(Swarm swarm, URI address, Duration patience) {
		String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
		return new Server(swarm, (address.getRawQuery() != null) ? path + "?" + address.getRawQuery() : path, patience);
	}

	/** Reach the same server for another check. */
	Server again() {
		return new Server(this.swarm, this.path, this.patience);
	}

	/** Upgrade, offering all versions. */
	Peer open() {
		return open(Map.of("Sec-WebSocket-Protocol", "v12.stomp, v11.stomp, v10.stomp"));
	}

	Peer open(Map<String, String> handshake) {
		Peer peer = new Peer(this.swarm, this.path, handshake, this.patience);
		this.peers.add(peer);
		peer.handshake();
		return peer;
	}

	/** Return a client that speaks that version. */
	Peer client(String version, String... headers) {
		Peer peer = open();
		peer.frame("CONNECT", "", Peer.with(headers, "accept-version:" + version, "host:localhost"));
		peer.expect("CONNECTED");
		return peer;
	}

	/** Return a client that speaks STOMP 1.2. */
	Peer client() {
		return client("1.2");
	}

	/** Return a client of STOMP 1.2 that has subscribed with id 1. */
	Peer reader(String topic, String... headers) {
		return client().subscribe("1", topic, headers);
	}

	/** Return a client of any version that has subscribed with id 1. */
	Peer readerOf(String version, String topic) {
		return client(version).subscribe("1", topic);
	}

	/** Return a destination that nobody else uses. */
	String topic() {
		return "/topic/check." + TOPICS.incrementAndGet();
	}

	/** Cut off the connections of this check. */
	@Override
	public void close() {
		this.peers.forEach(Peer::close);
	}

}
