package dev.fanfare.demo.game;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** Wake games at their times, each on a virtual thread; at most one alarm for each. */
final class Alarms implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Alarms.class);

	/** When to try again what failed. */
	private static final Duration LATER = Duration.ofSeconds(1);

	private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();

	Alarms() {
		this.scheduler.setVirtualThreads(true);
		this.scheduler.setThreadNamePrefix("game-");
	}

	/**
	 * Make the alarm of one game.
	 * @param tick called at its time
	 * @param end called when it will never ring again
	 */
	Game.Timer alarm(Runnable tick, Runnable end) {
		return new Alarm(tick, end);
	}

	/** Ring again. */
	void start() {
		this.scheduler.start();
	}

	/** Ring for nobody until started again; what is due meanwhile rings then. */
	void stop() {
		this.scheduler.stop();
	}

	@Override
	public void close() {
		this.scheduler.close();
	}

	/** Ring for one game, which calls it under its lock. */
	private final class Alarm implements Game.Timer {

		private final Runnable tick;

		private final Runnable end;

		/** Guarded by this object's monitor, as what is planned for then. */
		private long time;

		private @Nullable Future<?> planned;

		Alarm(Runnable tick, Runnable end) {
			this.tick = tick;
			this.end = end;
		}

		@Override
		public synchronized void wakeAt(long time) {
			if (time == this.time && this.planned != null && !this.planned.isDone()) {
				return;
			}
			if (this.planned != null) {
				this.planned.cancel(false);
			}
			this.time = time;
			this.planned = plan((time == 0) ? this.end : this.tick, Instant.ofEpochMilli(time));
		}

		private @Nullable Future<?> plan(Runnable task, Instant when) {
			try {
				return Alarms.this.scheduler.schedule(() -> run(task), when);
			}
			catch (TaskRejectedException ex) {
				// The server stops: whoever starts next goes on.
				return null;
			}
		}

		private void run(Runnable task) {
			rings();
			try {
				task.run();
			}
			catch (RuntimeException ex) {
				logger.warn("A game could not go on; it is tried again", ex);
				later(task);
			}
		}

		/** Note that it is no longer planned: if it is early, it is wanted again. */
		private synchronized void rings() {
			this.planned = null;
		}

		private synchronized void later(Runnable task) {
			if (this.planned == null) {
				this.planned = plan(task, Instant.now().plus(LATER));
			}
		}

	}

}
