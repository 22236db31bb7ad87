package load;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

/** Take how long something goes on, and the processor time of both sides in it. */
final class Window {

	private static final OperatingSystemMXBean OWN = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private final Accounting accounting;

	private final long begin = System.nanoTime();

	private final long cpu;

	private final long ownCpu = OWN.getProcessCpuTime();

	private long nanos;

	private long used;

	private long ownUsed;

	/** Begin. */
	Window(RunningPeer peer) {
		this.accounting = peer.accounting();
		this.cpu = this.accounting.cpuNanos();
	}

	/** End. */
	Window end() {
		this.nanos = System.nanoTime() - this.begin;
		this.used = this.accounting.cpuNanos() - this.cpu;
		this.ownUsed = OWN.getProcessCpuTime() - this.ownCpu;
		return this;
	}

	double perSecond(long count) {
		return count * 1e9 / this.nanos;
	}

	/** Return the server's processor time for each of so many, in microseconds. */
	double cpuMicros(long count) {
		return this.used / 1e3 / Math.max(1, count);
	}

	double serverShare() {
		return this.used * 100.0 / this.nanos;
	}

	/** Return how busy this side was: when it has no time left, it is not the server that is measured. */
	double loadShare() {
		return this.ownUsed * 100.0 / this.nanos;
	}

}
