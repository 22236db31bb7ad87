package dev.fanfare.conformance;

import java.util.List;
import java.util.stream.Stream;

/** Hold all checks. */
final class Suite {

	private Suite() {
	}

	static List<Check> checks() {
		return Stream
			.of(ConnectingChecks.all(), HeaderChecks.all(), FramingChecks.all(), SubscribingChecks.all(),
					SendingChecks.all(), ReceiptChecks.all(), AcknowledgementChecks.all(), TransactionChecks.all(),
					HeartbeatChecks.all(), WebSocketChecks.all(), LimitChecks.all())
			.flatMap((checks) -> checks)
			.toList();
	}

	/** Return those that every STOMP server must pass. */
	static List<Check> standard() {
		return checks().stream().filter(Check::standard).toList();
	}

}
