package load;

/** Name what a scenario measures. */
enum Measure {

	DELIVERIES("deliveries/s", 0),

	PUBLICATIONS("published/s", 0),

	CPU_PER_DELIVERY("CPU µs per delivery", 3),

	CPU_PER_PUBLICATION("CPU µs per publication", 1),

	CPU_SHARE("core used, %", 2),

	LOAD_SHARE("load's core used, %", 0),

	P50("p50 ms", 2),

	P99("p99 ms", 2),

	P999("p99.9 ms", 2),

	CONNECTS("connects/s", 0),

	CPU_PER_CONNECT("CPU µs per connect", 0),

	MEMORY("KiB per connection", 1),

	LIVE("KiB per connection, live", 1),

	HEAP("of them heap", 1),

	RATE_BESIDE_STUCK("deliveries/s beside stuck readers", 0),

	P99_BESIDE_STUCK("p99 ms beside stuck readers", 2),

	REFUSED("refused", 0),

	LOST("lost", 0),

	DOUBLED("doubled", 0),

	REORDERED("reordered", 0),

	ENDED("connections ended", 0);

	private final String title;

	private final int digits;

	Measure(String title, int digits) {
		this.title = title;
		this.digits = digits;
	}

	String title() {
		return this.title;
	}

	/** Tell whether it should be 0 and ratios mean nothing. */
	boolean isFault() {
		return this.compareTo(REFUSED) >= 0;
	}

	/** Tell whether the ratio of two servers says something. */
	boolean isCompared() {
		return !isFault() && this != CPU_SHARE && this != LOAD_SHARE;
	}

	String format(double value) {
		return ("%,." + this.digits + "f").formatted(value);
	}

}
