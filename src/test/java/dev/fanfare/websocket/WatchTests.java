package dev.fanfare.websocket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/** Connections are told the time as often as they need it, and no more often. */
@ExtendWith(OutputCaptureExtension.class)
class WatchTests {

	private static final Duration LONG = Duration.ofHours(1);

	private final Watch watch = new Watch(new WebSocketProperties(DataSize.ofMegabytes(1), DataSize.ofKilobytes(128),
			DataSize.ofKilobytes(128), 256, LONG, DataSize.ofKilobytes(256), false, LONG, LONG, LONG, LONG));

	private final Wire wire = new Wire();

	@Test
	void aQuietConnectionIsToldOnceInTenTicks() {
		AtomicInteger told = new AtomicInteger();
		open(told, LONG);
		ticks(1);

		ticks(100);

		assertThat(told.get() - 1).isEqualTo(10);
	}

	@Test
	void aQuietConnectionIsToldAsOftenAsItNeeds() {
		AtomicInteger told = new AtomicInteger();
		open(told, Duration.ofMillis(250));
		ticks(1);

		ticks(100);

		assertThat(told.get() - 1).isEqualTo(50);
	}

	@Test
	void aConnectionWithSomethingOnItsWayIsToldAtEachTick() {
		AtomicInteger told = new AtomicInteger();
		Outbox outbox = open(told, LONG);
		ticks(5);
		int before = told.get();

		outbox.send(Payload.of("on its way"));
		ticks(20);
		this.wire.land();
		ticks(1);

		assertThat(told.get() - before).isEqualTo(21);
		ticks(100);
		assertThat(told.get() - before - 21).isEqualTo(10);
	}

	@Test
	void aConnectionThatIsBusyAgainAndAgainIsStillToldOnceATick() {
		AtomicInteger told = new AtomicInteger();
		Outbox outbox = open(told, LONG);
		for (int time = 0; time < 30; time++) {
			outbox.send(Payload.of("once more"));
			this.wire.land();
			ticks(1);
		}
		int before = told.get();

		ticks(100);

		assertThat(before).isEqualTo(30);
		assertThat(told.get() - before).isEqualTo(10);
	}

	@Test
	void aConnectionWhoseNetworkTakesAllAtOnceStaysQuiet() {
		AtomicInteger told = new AtomicInteger();
		this.wire.landAtOnce();
		Outbox outbox = open(told, LONG);
		ticks(1);
		int before = told.get();
		for (int time = 0; time < 100; time++) {
			outbox.send(Payload.of("taken"));
			ticks(1);
		}

		assertThat(told.get() - before).isEqualTo(10);
		assertThat(outbox.isEmpty()).isTrue();
		assertThat(outbox.sentMessages()).isEqualTo(100);
	}

	@Test
	void aConnectionThatIsGoneIsNotTold() {
		AtomicInteger quiet = new AtomicInteger();
		AtomicInteger busy = new AtomicInteger();
		Outbox one = open(quiet, LONG);
		Outbox other = open(busy, LONG);
		other.send(Payload.of("on its way"));
		ticks(1);

		assertThat(this.watch.remove(one)).isTrue();
		assertThat(this.watch.remove(other)).isTrue();
		ticks(100);

		assertThat(quiet).hasValue(1);
		assertThat(busy).hasValue(1);
		assertThat(this.watch.open()).isEmpty();
		assertThat(this.watch.remove(one)).isFalse();
	}

	@Test
	void aFaultInOneConnectionIsItsEndAndTheOthersAreToldTheTime(CapturedOutput output) {
		AtomicInteger told = new AtomicInteger();
		Outbox faulty = open((now) -> {
			throw new IllegalStateException("A fault, to see what comes of it");
		}, LONG);
		open(told, LONG);
		faulty.send(Payload.of("on its way"));

		ticks(11);

		assertThat(told).hasValue(2);
		assertThat(faulty.closeReason()).isEqualTo(CloseReason.INTERNAL_ERROR);
		assertThat(output.toString()).containsOnlyOnce("Could not tell connection 1 the time");
	}

	private Outbox open(AtomicInteger told, Duration every) {
		return open((now) -> told.incrementAndGet(), every);
	}

	private Outbox open(LongConsumer tick, Duration every) {
		Watch.Watched watched = this.watch.watched(tick, every);
		// No connections: nothing here ends by the server's will.
		Outbox outbox = new Outbox("1", this.wire, watched::wake, null, 1024 * 1024, ConnectionKind.WEBSOCKET, null);
		this.watch.add(outbox, watched);
		return outbox;
	}

	private void ticks(int count) {
		for (int tick = 0; tick < count; tick++) {
			this.watch.tick();
		}
	}

	/** Take what is sent when the test says so. */
	private static final class Wire implements Line {

		private final List<Callback> flying = new ArrayList<>();

		private boolean atOnce;

		void landAtOnce() {
			this.atOnce = true;
		}

		void land() {
			this.flying.forEach(Callback::succeeded);
			this.flying.clear();
		}

		@Override
		public void send(List<Payload> payloads, Callback sent) {
			this.flying.add(sent);
			if (this.atOnce) {
				land();
			}
		}

		@Override
		public boolean compresses() {
			return false;
		}

		@Override
		public void ping() {
		}

		@Override
		public void close(CloseReason reason, int code, String text) {
		}

		@Override
		public void abort() {
		}

	}

}
