import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Run the packaged server as a process of its own, on a free port of this machine. */
final class Server implements AutoCloseable {

	private static final Pattern PORT = Pattern.compile("Jetty started on port (\\d+)");

	private final Process process;

	private final CompletableFuture<Integer> port = new CompletableFuture<>();

	/** Start one and wait until it listens; FANFARE_JAVA_OPTIONS are added to its own. */
	Server(Path jar, String heap, String... settings) throws IOException {
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx" + heap));
		String options = System.getenv("FANFARE_JAVA_OPTIONS");
		if (options != null) {
			command.addAll(List.of(options.split(" ")));
		}
		command.addAll(List.of("-jar", jar.toString(), "--server.port=0", "--server.address=127.0.0.1",
				"--fanfare.access.subscribe=everyone", "--fanfare.access.publish=everyone", "--fanfare.access.history=everyone"));
		Stream.of(settings).map((setting) -> "--" + setting).forEach(command::add);
		this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
		Runtime.getRuntime().addShutdownHook(new Thread(this.process::destroyForcibly));
		Thread.ofPlatform().daemon().start(this::readLog);
		this.port.orTimeout(120, TimeUnit.SECONDS).join();
	}

	int port() {
		return this.port.join();
	}

	/** Return the processor time it has used so far, in nanoseconds. */
	long cpuNanos() {
		return this.process.toHandle().info().totalCpuDuration().orElseThrow().toNanos();
	}

	/** Stop it as an operating system does. */
	@Override
	public void close() {
		this.process.destroy();
		this.process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
	}

	/** Remove a folder with all that is in it. */
	static void delete(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

	private void readLog() {
		StringBuilder log = new StringBuilder();
		try (var lines = this.process.inputReader()) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				Matcher started = PORT.matcher(line);
				if (started.find()) {
					this.port.complete(Integer.parseInt(started.group(1)));
				}
				if (line.contains("ERROR")) {
					System.err.println(line);
				}
				log.append(this.port.isDone() ? "" : line + "\n");
			}
		}
		catch (IOException ex) {
			// It has ended.
		}
		this.port.completeExceptionally(new IllegalStateException("The server did not start:\n" + log));
	}

}
