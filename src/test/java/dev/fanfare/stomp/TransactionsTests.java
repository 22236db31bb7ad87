package dev.fanfare.stomp;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.fanfare.topic.ErrorType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import org.springframework.messaging.simp.stomp.StompCommand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TransactionsTests {

	private final Transactions transactions = new Transactions(
			Limits.with(Map.of("max-transactions", 2, "max-transaction-frames", 3, "max-transaction-bytes", "1000B")));

	@Test
	void framesComeBackInTheOrderSent() {
		StompFrame one = send("1");
		StompFrame two = send("2");
		this.transactions.begin("t");
		this.transactions.add("t", one);
		this.transactions.add("t", two);

		assertThat(this.transactions.end("t")).containsExactly(one, two);
	}

	@Test
	void transactionsDoNotMix() {
		StompFrame one = send("1");
		StompFrame two = send("2");
		this.transactions.begin("a");
		this.transactions.begin("b");
		this.transactions.add("a", one);
		this.transactions.add("b", two);

		assertThat(this.transactions.end("b")).containsExactly(two);
		assertThat(this.transactions.end("a")).containsExactly(one);
	}

	@Test
	void whatHasEndedIsGoneAndItsNameIsFree() {
		this.transactions.begin("t");
		this.transactions.add("t", send("1"));
		this.transactions.end("t");

		isRefused(ErrorType.UNKNOWN_TRANSACTION, () -> this.transactions.end("t"));
		isRefused(ErrorType.UNKNOWN_TRANSACTION, () -> this.transactions.add("t", send("2")));
		this.transactions.begin("t");
		assertThat(this.transactions.end("t")).isEmpty();
	}

	@Test
	void aNameInUseIsRefusedAndItsTransactionStays() {
		StompFrame one = send("1");
		this.transactions.begin("t");
		this.transactions.add("t", one);

		isRefused(ErrorType.DUPLICATE_TRANSACTION, () -> this.transactions.begin("t"));

		assertThat(this.transactions.end("t")).containsExactly(one);
	}

	@Test
	void oneMoreThanMayBeOpenIsRefusedUntilOneEnds() {
		this.transactions.begin("a");
		this.transactions.begin("b");

		isRefused(ErrorType.TOO_MANY_TRANSACTIONS, () -> this.transactions.begin("c"));
		this.transactions.end("a");

		this.transactions.begin("c");
		assertThat(this.transactions.end("c")).isEmpty();
	}

	@Test
	void aTransactionWithMoreFramesThanItMayHaveIsAborted() {
		this.transactions.begin("t");
		for (int count = 0; count < 3; count++) {
			this.transactions.add("t", send(""));
		}

		isRefused(ErrorType.TRANSACTION_TOO_LARGE, () -> this.transactions.add("t", send("")));

		isRefused(ErrorType.UNKNOWN_TRANSACTION, () -> this.transactions.end("t"));
	}

	@Test
	void aTransactionWithMoreBytesThanItMayHaveIsAborted() {
		this.transactions.begin("t");
		this.transactions.add("t", send("x".repeat(800)));

		isRefused(ErrorType.TRANSACTION_TOO_LARGE, () -> this.transactions.add("t", send("x".repeat(300))));

		isRefused(ErrorType.UNKNOWN_TRANSACTION, () -> this.transactions.end("t"));
	}

	private static void isRefused(ErrorType type, ThrowingCallable what) {
		assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(what)
			.extracting(ProtocolViolation::type)
			.isEqualTo(type);
	}

	private static StompFrame send(String body) {
		return new StompFrame(StompCommand.SEND, Map.of("destination", "/topic/a"),
				body.getBytes(StandardCharsets.UTF_8));
	}

}
