package dev.fanfare.websocket;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.fanfare.access.DrainAsked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * Have the clients of this node move to another one, or come back to this one when it has
 * been restarted, no faster than they can be served there: <pre>
 *   SIGTERM   readiness off
 *      |      delay            all goes on as before; load balancers notice
 *      |      period           no newcomers; clients are asked to go, slice by slice;
 *      |                       publications are accepted and delivered to those who are here
 *      |      {@link Connections#stop}  nothing is accepted any more; what was is handed on;
 *      v                       the last slice is asked to go, and waited for
 * </pre> An operator has {@link #drain()} do the same without stopping, and the last
 * slice is asked as well. Whether a node is draining is what its readiness says.
 */
@Component
class Departure implements ApplicationListener<ContextClosedEvent>, Ordered {

	private static final Logger logger = LoggerFactory.getLogger(Departure.class);

	/** How many at least are asked together: few need no pace. */
	private static final int LEAST_TOGETHER = 10;

	private final Connections connections;

	private final DrainProperties properties;

	private final ApplicationContext context;

	private final AtomicBoolean begun = new AtomicBoolean();

	/** Open when all but the last slice have been asked. */
	private final CountDownLatch asked = new CountDownLatch(1);

	Departure(Connections connections, DrainProperties properties, ApplicationContext context) {
		this.connections = connections;
		this.properties = properties;
		this.context = context;
	}

	/**
	 * Begin to have all clients move elsewhere, and return; again does nothing.
	 * <p>
	 * Publications are accepted all the time and afterwards. There is no way back but to
	 * start the server anew.
	 */
	@EventListener(DrainAsked.class)
	void drain() {
		if (this.begun.compareAndSet(false, true)) {
			AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
			this.connections.run(() -> {
				List<Outbox> last = askAllButTheLast();
				last.forEach(this::ask);
				logger.info("All clients have been asked to move");
			});
		}
	}

	/** Ask all but the last slice, before anything of the server stops. */
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() == this.context && this.connections.isRunning()) {
			// Spring Boot has turned readiness off.
			if (this.begun.compareAndSet(false, true)) {
				askAllButTheLast();
			}
			else {
				awaitAsked();
			}
		}
	}

	/** Be told before Spring's scheduler, which ends when it is told. */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	private List<Outbox> askAllButTheLast() {
		try {
			if (!pause(System.nanoTime() + this.properties.delay().toNanos())) {
				return List.of();
			}
			this.connections.leave();
			List<Outbox> open = this.connections.open();
			int together = together(open.size(), this.properties.period());
			if (!open.isEmpty()) {
				logger.info("{} clients are asked to move, {} every {} ms", open.size(), together,
						Watch.TICK.toMillis());
			}
			return askAllButTheLast(open, together);
		}
		finally {
			this.asked.countDown();
		}
	}

	private void awaitAsked() {
		try {
			this.asked.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Return those who were not asked. */
	private List<Outbox> askAllButTheLast(List<Outbox> open, int together) {
		long next = System.nanoTime();
		int asked = 0;
		while (asked + together < open.size()) {
			open.subList(asked, asked + together).forEach(this::ask);
			asked += together;
			next += Watch.TICK.toNanos();
			if (!pause(next)) {
				break;
			}
		}
		return open.subList(asked, open.size());
	}

	private void ask(Outbox client) {
		client.leave(this.properties.comeBackIn());
	}

	/**
	 * Return how many clients are asked at each tick, so that all are within a period.
	 */
	static int together(int clients, Duration period) {
		long ticks = Math.max(1, period.dividedBy(Watch.TICK));
		return (int) Math.max(period.isZero() ? clients : LEAST_TOGETHER, (clients + ticks - 1) / ticks);
	}

	/** Wait until that time, and tell whether that was not interrupted. */
	private static boolean pause(long until) {
		try {
			Thread.sleep(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
