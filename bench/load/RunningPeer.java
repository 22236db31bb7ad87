package load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Run a server pinned to a core, on a free port, with an empty folder of its own. */
final class RunningPeer implements AutoCloseable {

	private static final String CORE = System.getenv().getOrDefault("SERVER_CORE", "0");

	private static final Path FOLDER = Path.of("target", "bench").toAbsolutePath();

	/** What a script ends with when its server is not installed, as in sysexits.h. */
	private static final int NOT_INSTALLED = 69;

	private final Peer peer;

	private final Process process;

	private final Path log;

	private final int port = freePort();

	private final Thread lastResort;

	/** Start one and wait until it listens. */
	RunningPeer(Peer peer) {
		this.peer = peer;
		this.log = FOLDER.resolve(peer.name() + ".log");
		Path data = FOLDER.resolve(peer.name());
		try {
			delete(data);
			Files.createDirectories(data);
			this.process = new ProcessBuilder("taskset", "-c", CORE, peer.start().toAbsolutePath().toString(),
					Integer.toString(this.port), data.toString())
				.redirectErrorStream(true)
				.redirectOutput(this.log.toFile())
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot start " + peer.name(), ex);
		}
		this.lastResort = new Thread(this::kill);
		Runtime.getRuntime().addShutdownHook(this.lastResort);
		awaitPort();
	}

	Peer peer() {
		return this.peer;
	}

	int port() {
		return this.port;
	}

	ProcessHandle process() {
		return this.process.toHandle();
	}

	Accounting accounting() {
		return new Accounting(this.process.toHandle());
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	private void awaitPort() {
		long deadline = System.nanoTime() + 90_000_000_000L;
		while (!isOpen()) {
			if (!this.process.isAlive()) {
				close();
				if (this.process.exitValue() == NOT_INSTALLED) {
					throw new NotInstalled(tail());
				}
				throw new IllegalStateException("%s has ended:%n%s".formatted(this.peer.name(), tail()));
			}
			if (System.nanoTime() > deadline) {
				close();
				throw new IllegalStateException("%s does not listen:%n%s".formatted(this.peer.name(), tail()));
			}
			pause();
		}
	}

	private boolean isOpen() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void pause() {
		try {
			Thread.sleep(50);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	private String tail() {
		try {
			List<String> lines = Files.readAllLines(this.log);
			return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	/** Stop it as an operating system does, and end what does not. */
	@Override
	public void close() {
		List<ProcessHandle> all = Stream.concat(this.process.descendants(), Stream.of(this.process.toHandle())).toList();
		this.process.destroy();
		try {
			this.process.waitFor(15, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		all.forEach(ProcessHandle::destroyForcibly);
		Runtime.getRuntime().removeShutdownHook(this.lastResort);
	}

	private void kill() {
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly();
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void delete(Path folder) throws IOException {
		if (Files.exists(folder)) {
			try (Stream<Path> files = Files.walk(folder)) {
				for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(file);
				}
			}
		}
	}

	/** Say that a server is not there to be measured. */
	static final class NotInstalled extends RuntimeException {

		NotInstalled(String message) {
			super(message);
		}

	}

}
