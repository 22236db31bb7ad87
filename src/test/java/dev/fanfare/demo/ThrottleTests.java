package dev.fanfare.demo;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Rate;
import io.github.bucket4j.TimeMeter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ThrottleTests {

	private static final Visitor ADA = new Visitor("ada", null);

	private final Clock clock = new Clock();

	private final Throttle throttle = new Throttle(Rate.valueOf("1/s burst 2"), this.clock);

	@Test
	void whoIsTooFastIsRefusedAndToldWhenToComeBack() {
		this.throttle.take(ADA);
		this.throttle.take(ADA);

		assertThatExceptionOfType(TooFast.class).isThrownBy(() -> this.throttle.take(ADA)).satisfies((refusal) -> {
			assertThat(refusal.type()).isEqualTo(ErrorType.TOO_MANY_PUBLICATIONS);
			assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
			assertThat(refusal).hasMessageContaining("1 in 1 s").hasMessageContaining("2 at once");
		});
		this.clock.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
		assertThatCode(() -> this.throttle.take(ADA)).doesNotThrowAnyException();
	}

	@Test
	void nobodyHasToWaitForAnother() {
		this.throttle.take(ADA);
		this.throttle.take(ADA);

		assertThat(this.throttle.allows(ADA)).isFalse();
		assertThat(this.throttle.allows(new Visitor("bob", null))).isTrue();
	}

	@Test
	void withoutARateEverythingIsAllowed() {
		Throttle open = new Throttle(Rate.NONE, this.clock);

		for (int count = 0; count < 1000; count++) {
			open.take(ADA);
		}
		assertThat(open.allows(ADA)).isTrue();
	}

	private static final class Clock implements TimeMeter {

		private final AtomicLong nanos = new AtomicLong(1);

		@Override
		public long currentTimeNanos() {
			return this.nanos.get();
		}

		@Override
		public boolean isWallClockBased() {
			return false;
		}

	}

}
