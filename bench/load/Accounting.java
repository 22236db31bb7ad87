package load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Read what the operating system says that a process and all of its children have used. */
record Accounting(ProcessHandle process) {

	private static final long NANOS_PER_TICK = 10_000_000;

	/** What the threads of Java's compilers are called, as the operating system cuts it off. */
	private static final Pattern COMPILER = Pattern.compile("\\(C[12] Compil");

	/** Fields of /proc/PID/stat after the name, which is in parentheses: user and system time, and those of children. */
	private static final int UTIME = 11;

	private static final int CSTIME = 14;

	/** Return the processor time, in nanoseconds. */
	long cpuNanos() {
		return all().mapToLong(Accounting::ticks).sum() * NANOS_PER_TICK;
	}

	/** Return that part of it which compilers of Java have used that are at it now. */
	long compilerNanos() {
		return all().flatMap(Accounting::threads).mapToLong(Accounting::compilerTicks).sum() * NANOS_PER_TICK;
	}

	/** Return the memory that is in use and not swapped, in bytes. */
	long residentBytes() {
		return all().mapToLong(Accounting::resident).sum();
	}

	private Stream<ProcessHandle> all() {
		return Stream.concat(Stream.of(this.process), this.process.descendants());
	}

	private static Stream<Path> threads(ProcessHandle process) {
		try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
			return threads.toList().stream();
		}
		catch (IOException ex) {
			return Stream.empty();
		}
	}

	private static long compilerTicks(Path thread) {
		try {
			String stat = Files.readString(thread.resolve("stat"));
			return COMPILER.matcher(stat).find() ? ticks(stat) : 0;
		}
		catch (IOException ex) {
			// It has ended.
			return 0;
		}
	}

	private static long ticks(ProcessHandle process) {
		String stat = read(process, "stat");
		return stat.isEmpty() ? 0 : ticks(stat);
	}

	private static long ticks(String stat) {
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
		long ticks = 0;
		for (int field = UTIME; field <= CSTIME; field++) {
			ticks += Long.parseLong(fields[field]);
		}
		return ticks;
	}

	private static long resident(ProcessHandle process) {
		return read(process, "status").lines()
			.filter((line) -> line.startsWith("VmRSS:"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
			.sum();
	}

	private static String read(ProcessHandle process, String file) {
		try {
			return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
		}
		catch (NoSuchFileException ex) {
			return "";
		}
		catch (IOException ex) {
			if (!process.isAlive()) {
				return "";
			}
			throw new UncheckedIOException(ex);
		}
	}

}
