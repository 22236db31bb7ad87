package dev.fanfare.demo.game;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.Test;

class AlarmsTests {

	@Test
	void whoIsWokenTooEarlyIsWokenAgain() {
		AtomicReference<Game.Timer> alarm = new AtomicReference<>();
		AtomicInteger times = new AtomicInteger();
		try (Alarms alarms = new Alarms()) {
			alarm.set(alarms.alarm(() -> {
				if (times.incrementAndGet() < 3) {
					alarm.get().wakeAt(1);
				}
			}, () -> {
			}));

			alarm.get().wakeAt(1);

			Waiting.until("it rang again and again", () -> times.get() == 3);
		}
	}

	@Test
	void whatFailsIsTriedAgain() {
		AtomicInteger times = new AtomicInteger();
		try (Alarms alarms = new Alarms()) {
			Game.Timer alarm = alarms.alarm(() -> {
			}, () -> {
				if (times.incrementAndGet() < 2) {
					throw new IllegalStateException("for a test");
				}
			});

			alarm.wakeAt(0);

			Waiting.until("it was tried again", () -> times.get() == 2);
		}
	}

}
