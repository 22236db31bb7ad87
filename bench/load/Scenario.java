package load;

/** Measure one thing of a server. */
interface Scenario {

	String name();

	/** Say in a sentence what it does, for the heading of its table. */
	String title();

	/** Tell whether a server can do that at all. */
	default boolean suits(Peer peer) {
		return true;
	}

	/** Tell whether it wants a server that has done nothing else. */
	default boolean wantsFreshServer() {
		return false;
	}

	/** Return what a picture shows of it. */
	default Measure plotted() {
		return Measure.DELIVERIES;
	}

	/**
	 * Measure once.
	 * @param cold whether the server was just started
	 */
	Result measure(RunningPeer peer, boolean cold);

}
