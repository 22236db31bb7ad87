package load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ask a Java server about its heap; of others there is none. */
record Heap(ProcessHandle process) {

	private static final Pattern USED = Pattern.compile("total reserved.*used (\\d+)K|total \\d+K, used (\\d+)K");

	private static final Pattern ADDRESS = Pattern.compile("0x([0-9a-f]+)");

	private static final Pattern MAPPING = Pattern.compile("^([0-9a-f]+)-[0-9a-f]+ ");

	boolean isThere() {
		return this.process.info().command().filter((command) -> command.endsWith("/java")).isPresent();
	}

	/** Have all garbage collected. */
	void collect() {
		if (isThere()) {
			// What only waits for a cleaner goes with the second.
			jcmd("GC.run");
			jcmd("GC.run");
		}
	}

	long usedBytes() {
		long kilobytes = 0;
		if (isThere()) {
			Matcher used = USED.matcher(jcmd("GC.heap_info"));
			while (used.find()) {
				kilobytes += Long.parseLong((used.group(1) != null) ? used.group(1) : used.group(2));
			}
		}
		return kilobytes * 1024;
	}

	/** Return how much of its address space is in memory, live or not. */
	long residentBytes() {
		if (!isThere()) {
			return 0;
		}
		Matcher ends = ADDRESS.matcher(jcmd("GC.heap_info").replaceAll("(?s)Metaspace.*", ""));
		long lowest = Long.MAX_VALUE;
		long highest = 0;
		while (ends.find()) {
			long address = Long.parseUnsignedLong(ends.group(1), 16);
			lowest = Math.min(lowest, address);
			highest = Math.max(highest, address);
		}
		return resident(lowest, highest);
	}

	private long resident(long lowest, long highest) {
		long kilobytes = 0;
		boolean within = false;
		try {
			for (String line : Files.readAllLines(Path.of("/proc", Long.toString(this.process.pid()), "smaps"))) {
				Matcher mapping = MAPPING.matcher(line);
				if (mapping.find()) {
					long begin = Long.parseUnsignedLong(mapping.group(1), 16);
					within = begin >= lowest && begin < highest;
				}
				else if (within && line.startsWith("Rss:")) {
					kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return kilobytes * 1024;
	}

	private String jcmd(String command) {
		String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
		try {
			Process process = new ProcessBuilder(jcmd, Long.toString(this.process.pid()), command)
				.redirectErrorStream(true)
				.start();
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
