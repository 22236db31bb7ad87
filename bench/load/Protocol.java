package load;

import java.nio.ByteBuffer;

/** Say what a server wants to hear and find in what it answers what counts. */
interface Protocol {

	/** Return the first bytes of a connection. */
	byte[] opening(Link link);

	/**
	 * Read the complete messages in a part of a buffer, whose order is little-endian.
	 * <p>
	 * While the link is not {@link Link#ready}, this leads it there.
	 * @return where the first incomplete one begins
	 */
	int read(Link link, ByteBuffer in, int from, int to, Deliveries deliveries);

	/** Return the bytes that publish a body, as it is, to a topic. */
	byte[] publication(String topic, byte[] body);

	/** Tell whether one connection can publish to any topic, or only to the one that it was opened for. */
	default boolean publishesAnywhere() {
		return true;
	}

}
