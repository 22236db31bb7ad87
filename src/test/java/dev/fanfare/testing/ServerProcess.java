package dev.fanfare.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Run the packaged server as a process of its own, on a free port of this machine. */
public final class ServerProcess implements AutoCloseable {

	private static final String DATA = "fanfare.engine.embedded.path=";

	private static final List<String> OPEN = List.of("subscribe", "publish", "history", "reset", "operate");

	private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

	private static final Path JAR = trained();

	private static final Pattern PORT = Pattern.compile("Jetty started on port (\\d+)");

	private final Process process;

	private final List<String> log = new CopyOnWriteArrayList<>();

	private final CompletableFuture<Integer> port = new CompletableFuture<>();

	private final Thread lastResort;

	private ServerProcess(List<String> command) {
		try {
			this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.lastResort = new Thread(this.process::destroyForcibly);
		Runtime.getRuntime().addShutdownHook(this.lastResort);
		Thread.ofPlatform().daemon().name("server-log").start(this::readLog);
	}

	/**
	 * Start a server and wait until it listens. It ends at once when memory runs out.
	 * @param heap the most heap it may have, such as 128m
	 * @param settings such as {@code fanfare.stomp.heartbeat=1s}; those that begin with a
	 * dash are for the Java machine
	 */
	public static ServerProcess start(String heap, String... settings) {
		ServerProcess server = begin(heap, settings);
		server.port.orTimeout(90, TimeUnit.SECONDS).join();
		return server;
	}

	/** Start a server as {@link #start} does, without waiting. */
	public static ServerProcess begin(String heap, String... settings) {
		List<String> command = java(Arrays.stream(settings).filter((setting) -> setting.startsWith("-")).toList());
		command.addAll(1, List.of("-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError"));
		command.addAll(List.of("--server.port=0", "--server.address=127.0.0.1",
				"--management.endpoints.web.exposure.include=health,metrics,threaddump"));
		// Open, but for those of tests that close them.
		OPEN.forEach((action) -> command.add("--fanfare.access.%s=everyone".formatted(action)));
		Arrays.stream(settings).filter((setting) -> !setting.startsWith("-")).map("--"::concat).forEach(command::add);
		if (Arrays.stream(settings).noneMatch((setting) -> setting.startsWith(DATA))) {
			// A log of its own.
			command.add("--" + DATA + Path.of("target", "data", UUID.randomUUID().toString()));
		}
		return new ServerProcess(command);
	}

	/** Return the setting that has a server keep its log there. */
	public static String data(Path folder) {
		return DATA + folder;
	}

	static List<String> java(List<String> options) {
		List<String> command = new ArrayList<>(List.of(JAVA));
		command.addAll(options);
		// Where the cache does not fit, Java says so and does not start.
		command.addAll(
				List.of("-XX:AOTCache=" + JAR.resolveSibling("fanfare.aot"), "-XX:AOTMode=on", "-jar", JAR.toString()));
		return command;
	}

	/** Unpack the jar and have Java learn how it starts, unless that has been done. */
	private static Path trained() {
		try {
			Process training = new ProcessBuilder("bin/trained-server", JAVA).redirectError(Redirect.INHERIT).start();
			try (var output = training.inputReader()) {
				String jar = output.readLine();
				return Path.of(Objects.requireNonNull(jar, "bin/trained-server has failed; why is told above"));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return this.port.join();
	}

	public List<String> log() {
		return this.log;
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	/** Return the sum of a metric's values, 0 where it is not there. */
	public double metric(String name, String... tags) {
		String query = (tags.length > 0) ? "?tag=" + String.join("&tag=", tags) : "";
		String json = new HttpPublisher(port()).get("/actuator/metrics/" + name + query).body();
		JsonNode metric = json.isEmpty() ? null : JsonMapper.shared().readTree(json);
		return (metric != null) ? metric.path("measurements").path(0).path("value").asDouble(0) : 0;
	}

	/** Return what the threads of that name prefix are doing, as state and top frame. */
	public List<String> threads(String prefix) {
		JsonNode dump = JsonMapper.shared().readTree(new HttpPublisher(port()).get("/actuator/threaddump").body());
		List<String> found = new ArrayList<>();
		for (JsonNode thread : dump.path("threads")) {
			if (thread.path("threadName").asString("").startsWith(prefix)) {
				found.add(thread.path("threadState").asString("") + " " + frames(thread.path("stackTrace")));
			}
		}
		return found;
	}

	private static List<String> frames(JsonNode trace) {
		List<String> frames = new ArrayList<>();
		trace.forEach((frame) -> frames
			.add("%s.%s".formatted(frame.path("className").asString(""), frame.path("methodName").asString(""))));
		return frames;
	}

	public long pid() {
		return this.process.pid();
	}

	/** End it at once, as {@code kill -9} does, and wait until it is gone. */
	public void kill() {
		this.process.destroyForcibly();
		exitCode(Duration.ofSeconds(30));
	}

	/** Ask it to stop, as an operating system does. */
	public void terminate() {
		this.process.destroy();
	}

	/** Wait for the end of the process and return its exit code. */
	public int exitCode(Duration patience) {
		try {
			if (!this.process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new AssertionError("The server has not ended within " + patience + ": " + tail());
			}
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	/** Return the end of its log. */
	public String tail() {
		return String.join("\n", this.log.subList(Math.max(0, this.log.size() - 30), this.log.size()));
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		exitCode(Duration.ofSeconds(30));
		Runtime.getRuntime().removeShutdownHook(this.lastResort);
	}

	private void readLog() {
		try (var lines = this.process.inputReader()) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				this.log.add(line);
				Matcher started = PORT.matcher(line);
				if (started.find()) {
					this.port.complete(Integer.parseInt(started.group(1)));
				}
			}
		}
		catch (IOException ex) {
			this.log.add(ex.toString());
		}
		this.port.completeExceptionally(new IllegalStateException("The server did not start: " + tail()));
	}

}
