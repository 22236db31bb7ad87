package load;

/** Name what a scenario measures. */
enum Measure {

	DELIVERIES("deliveries/s", 0, true),

	PUBLICATIONS("published/s", 0, true),

	CPU_PER_DELIVERY("CPU µs per delivery", 3, false),

	CPU_PER_PUBLICATION("CPU µs per publication", 1, false),

	CPU_SHARE("core used, %", 2, false),

	LOAD_SHARE("load's core used, %", 0, false),

	P50("p50 ms", 2, false),

	P99("p99 ms", 2, false),

	P999("p99.9 ms", 2, false),

	CONNECTS("connects/s", 0, true),

	CPU_PER_CONNECT("CPU µs per connect", 0, false),

	MEMORY("KiB per connection", 1, false),

	LIVE("KiB per connection, live", 1, false),

	HEAP("of them heap", 1, false),

	RATE_BESIDE_STUCK("deliveries/s beside stuck readers", 0, true),

	P99_BESIDE_STUCK("p99 ms beside stuck readers", 2, false),

	REFUSED("refused", 0, false),

	LOST("lost", 0, false),

	DOUBLED("doubled", 0, false),

	REORDERED("reordered", 0, false),

	ENDED("connections ended", 0, false);

	private final String title;

	private final int digits;

	private final boolean rate;

	Measure(String title, int digits, boolean rate) {
		this.title = title;
		this.digits = digits;
		this.rate = rate;
	}

	String title() {
		return this.title;
	}

	/** Tell whether more of it is better. */
	boolean isRate() {
		return this.rate;
	}

	/** Tell whether it should be 0 and ratios mean nothing. */
	boolean isFault() {
		return this.compareTo(REFUSED) >= 0;
	}

	String format(double value) {
		return ("%,." + this.digits + "f").formatted(value);
	}

}
