package dev.fanfare.access;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Take back tokens, and remember it as long as they might count. */
public interface Revocations {

	/**
	 * Take back tokens. When this returns it is on the disk, nobody is let in by them any
	 * more, and the connections of those who were are being closed.
	 * @param until how long to remember it, no longer than a token of now can last; as
	 * long as that if it is not given. What is remembered for longer stays so
	 * @return what is remembered
	 * @throws dev.fanfare.topic.Refusal if that cannot be, or as much is remembered as
	 * may be
	 */
	Revocation revoke(Revocation.Target target, @Nullable Instant until);

	/** Return those that are remembered, by kind and name. */
	List<Revocation> all();

}
