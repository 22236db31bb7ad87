package dev.fanfare.access;

/**
 * Find out who is calling. Any thread may ask; finding a key may wait for the network.
 */
public interface Gate {

	/**
	 * Return who shows this.
	 * @param shown a token or a key, as it came
	 * @throws NotAdmitted if it is neither, or no longer
	 */
	Caller admit(String shown);

	/**
	 * Let a caller go on who was let in.
	 * @throws NotAdmitted if its token has ended or was revoked
	 */
	void requireStill(Caller caller);

}
