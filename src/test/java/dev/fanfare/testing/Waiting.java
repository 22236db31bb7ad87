package dev.fanfare.testing;

import java.time.Duration;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;

/** Wait for conditions with a patience that a busy machine does not exhaust. */
public final class Waiting {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private Waiting() {
	}

	public static void until(String what, Callable<Boolean> condition) {
		Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(condition);
	}

}
