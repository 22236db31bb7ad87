import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Measure the log of a server with its shipped settings, and print the results as Markdown.
 * <p>
 * Arguments: the jar; "publish" or "resume" for one part alone; how many messages the topic that is resumed has in the
 * end.
 */
final class LogBench {

	private static final int BODY = 100;

	private static final int RUNS = 5;

	private static final long RUN_MILLIS = 3000;

	private static final int BATCH = 1000;

	private static final int FILLERS = 2;

	private static final int MISSED = 100;

	private static final int RESUMES = 200;

	private static final int RESTARTS = 3;

	private final Path jar;

	private final Path data;

	private final Random random = new Random(1);

	/** What one of the publishers does again and again. */
	private interface Publisher extends AutoCloseable {

		void publish() throws IOException;

		@Override
		void close() throws IOException;

	}

	private interface Connecting {

		Publisher connect(int port) throws IOException;

	}

	private LogBench(Path jar, Path data) {
		this.jar = jar;
		this.data = data;
	}

	public static void main(String[] arguments) throws Exception {
		Locale.setDefault(Locale.ROOT);
		List<String> wanted = List.of(arguments).subList(1, arguments.length);
		long messages = wanted.stream().filter((each) -> each.matches("\\d+")).mapToLong(Long::parseLong).findFirst()
			.orElse(10_000_000);
		// Beside the jar: where temporary files go may be memory, which syncs at no cost.
		Path data = Files.createTempDirectory(Path.of(arguments[0]).toAbsolutePath().getParent(), "bench-log-");
		try {
			LogBench bench = new LogBench(Path.of(arguments[0]), data);
			bench.describeMachine();
			if (!wanted.contains("resume")) {
				bench.publishing();
			}
			if (!wanted.contains("publish")) {
				bench.resuming(messages);
			}
		}
		finally {
			Server.delete(data);
		}
		System.exit(0);
	}

	private void describeMachine() throws IOException {
		System.out.printf("%d cores, %s %s, Java %s; load average before: %.1f; a write of 200 bytes with fsync: %,d µs.%n%n",
				Runtime.getRuntime().availableProcessors(), System.getProperty("os.name"), System.getProperty("os.arch"),
				Runtime.version(), ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), syncMicros());
	}

	private long syncMicros() throws IOException {
		Path file = this.data.resolve("fsync");
		long[] nanos = new long[300];
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			for (int number = 0; number < nanos.length; number++) {
				long start = System.nanoTime();
				channel.write(ByteBuffer.allocate(200));
				channel.force(false);
				nanos[number] = System.nanoTime() - start;
			}
		}
		Files.delete(file);
		return median(nanos) / 1000;
	}

	private void publishing() throws Exception {
		System.out.println("| publishers | HTTP, per second | server CPU each | STOMP with receipts, per second | server CPU each |");
		System.out.println("|---:|---:|---:|---:|---:|");
		try (Server server = start()) {
			for (int publishers : new int[] { 1, 16, 256 }) {
				System.out.printf("| %d | %s | %s |%n", publishers, rate(server, publishers, this::overHttp),
						rate(server, publishers, this::overStomp));
			}
		}
		System.out.println();
	}

	private Publisher overHttp(int port) throws IOException {
		HttpConnection connection = new HttpConnection(port);
		byte[] request = HttpConnection.post("/api/topics/bench/publications", "text/plain", body());
		return new Publisher() {

			@Override
			public void publish() throws IOException {
				connection.created(request);
			}

			@Override
			public void close() throws IOException {
				connection.close();
			}

		};
	}

	private Publisher overStomp(int port) throws IOException {
		StompConnection connection = new StompConnection(port);
		byte[] frame = StompConnection.frame("SEND\ndestination:/topic/bench\nreceipt:1\n\n" + body());
		return new Publisher() {

			@Override
			public void publish() throws IOException {
				connection.send(frame);
				connection.receipt();
			}

			@Override
			public void close() throws IOException {
				connection.close();
			}

		};
	}

	/** Let publishers publish, each the next when the last is answered; return two cells of the table. */
	private static String rate(Server server, int publishers, Connecting connecting) throws Exception {
		AtomicBoolean stopped = new AtomicBoolean();
		AtomicLong published = new AtomicLong();
		long[] rates = new long[RUNS];
		long[] nanosEach = new long[RUNS];
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> running = new ArrayList<>();
			for (int number = 0; number < publishers; number++) {
				Publisher publisher = connecting.connect(server.port());
				running.add(threads.submit((Callable<Void>) () -> {
					try (publisher) {
						while (!stopped.get()) {
							publisher.publish();
							published.incrementAndGet();
						}
						return null;
					}
				}));
			}
			Thread.sleep(RUN_MILLIS);
			for (int run = 0; run < RUNS; run++) {
				long cpu = server.cpuNanos();
				long before = published.get();
				long start = System.nanoTime();
				Thread.sleep(RUN_MILLIS);
				long count = published.get() - before;
				rates[run] = count * 1_000_000_000 / (System.nanoTime() - start);
				nanosEach[run] = (server.cpuNanos() - cpu) / Math.max(count, 1);
			}
			stopped.set(true);
			for (Future<?> each : running) {
				each.get();
			}
		}
		return "%,d | %,d µs".formatted(median(rates), median(nanosEach) / 1000);
	}

	private void resuming(long most) throws Exception {
		System.out.println("| messages in the topic | resume the last 100 | nine in ten within | first after a restart | data folder |");
		System.out.println("|---:|---:|---:|---:|---:|");
		List<byte[]> batches = IntStream.range(0, 50).mapToObj((number) -> batch()).toList();
		String epoch = "";
		long filled = 0;
		Server server = start();
		try {
			for (long messages : LongStream.of(most / 10, most).toArray()) {
				epoch = fill(server.port(), batches, (messages - filled) / BATCH);
				filled = messages;
				long[] warm = resume(server.port(), epoch + ":" + (messages - MISSED), RESUMES);
				long[] first = new long[RESTARTS];
				long size = 0;
				for (int restart = 0; restart < RESTARTS; restart++) {
					server.close();
					size = size();
					server = start();
					first[restart] = resume(server.port(), epoch + ":" + (messages - MISSED), 1)[0];
				}
				System.out.printf("| %,d | %s | %s | %s | %,d MB |%n", messages, millis(median(warm)),
						millis(warm[warm.length * 9 / 10]), millis(median(first)), size / 1_000_000);
			}
		}
		finally {
			server.close();
		}
	}

	/** Publish batches and return the topic's epoch. */
	private static String fill(int port, List<byte[]> batches, long count) throws Exception {
		AtomicLong left = new AtomicLong(count);
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<String>> fillers = new ArrayList<>();
			for (int number = 0; number < FILLERS; number++) {
				fillers.add(threads.submit(() -> {
					String answer = "";
					try (HttpConnection connection = new HttpConnection(port)) {
						for (long next = left.getAndDecrement(); next > 0; next = left.getAndDecrement()) {
							answer = connection.created(batches.get((int) (next % batches.size())));
						}
					}
					return answer;
				}));
			}
			String answer = fillers.getFirst().get();
			for (Future<String> filler : fillers) {
				filler.get();
			}
			int at = answer.indexOf("\"position\":\"") + 12;
			return answer.substring(at, answer.indexOf(':', at));
		}
	}

	/** Return how long it took each time until the last message and the receipt had come, sorted. */
	private static long[] resume(int port, String after, int times) throws IOException {
		long[] nanos = new long[times];
		try (StompConnection connection = new StompConnection(port)) {
			for (int number = 0; number < times; number++) {
				byte[] subscribe = StompConnection.frame("SUBSCRIBE\nid:%d\ndestination:/topic/long\nreceipt:s\nresume-after:%s\n\n"
					.formatted(number, after));
				long start = System.nanoTime();
				connection.send(subscribe);
				int messages = connection.receipt();
				nanos[number] = System.nanoTime() - start;
				if (messages != MISSED) {
					throw new IllegalStateException("%d messages came instead of %d".formatted(messages, MISSED));
				}
				connection.send(StompConnection.frame("UNSUBSCRIBE\nid:%d\nreceipt:u\n\n".formatted(number)));
				connection.receipt();
			}
		}
		Arrays.sort(nanos);
		return nanos;
	}

	private Server start() throws IOException {
		return new Server(this.jar, "512m", "fanfare.engine.embedded.path=" + this.data.resolve("data"),
				"fanfare.topics[0].pattern=long", "fanfare.topics[0].history.messages=100000000",
				"fanfare.topics[0].history.bytes=100GB", "fanfare.topics[1].pattern=**");
	}

	private byte[] batch() {
		String json = IntStream.range(0, BATCH)
			.mapToObj((number) -> "{\"topic\":\"long\",\"text\":\"%s\"}".formatted(body()))
			.collect(Collectors.joining(",", "[", "]"));
		return HttpConnection.post("/api/publications", "application/json", json);
	}

	/** Return a text that does not compress well. */
	private String body() {
		byte[] bytes = new byte[BODY / 2];
		this.random.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	private long size() throws IOException {
		try (var files = Files.walk(this.data)) {
			return files.mapToLong((file) -> file.toFile().isFile() ? file.toFile().length() : 0).sum();
		}
	}

	private static long median(long[] values) {
		long[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2];
	}

	private static String millis(long nanos) {
		return "%.2f ms".formatted(nanos / 1e6);
	}

}
