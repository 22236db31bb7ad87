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
 */
record Shape(int topics, int readers, boolean everybody, int window, int bytes) {

	static Shape fanOut(int readers) {
		return new Shape(1, readers, false, 32, 128);
	}

	int subscribers() {
		return this.topics * this.readers;
	}

	int flowsPerTopic() {
		return this.everybody ? this.readers : 1;
	}

	int flows() {
		return this.topics * flowsPerTopic();
	}

}
