package load;

/**
 * Say who publishes what to whom.
 *
 * @param topics how many there are
 * @param readers subscribers of each
 * @param everybody whether each subscriber publishes to its topic; if not, one connection publishes to all topics, where
 * the protocol permits that, else one to each
 * @param window publications on their way at a time, of each publisher to each topic
 * @param bytes how long a body is
 * @param http connections that publish to the only topic over HTTP, each the next when the last is answered; 0 for none
 */
record Shape(int topics, int readers, boolean everybody, int window, int bytes, int http) {

	static Shape fanOut(int readers) {
		return new Shape(1, readers, false, 32, 128, 0);
	}

	static Shape topics(int topics) {
		return new Shape(topics, 1, false, 1, 128, 0);
	}

	static Shape rooms(int rooms, int people) {
		return new Shape(rooms, people, true, 1, 128, 0);
	}

	static Shape http(int connections) {
		return new Shape(1, 1, false, 1, 128, connections);
	}

	int subscribers() {
		return this.topics * this.readers;
	}

	int flowsPerTopic() {
		return (this.http > 0) ? this.http : this.everybody ? this.readers : 1;
	}

	/** Return how many have to receive a publication until the next; 0 when an answer counts. */
	int audience() {
		return (this.http > 0) ? 0 : this.readers;
	}

	int flows() {
		return this.topics * flowsPerTopic();
	}

}
