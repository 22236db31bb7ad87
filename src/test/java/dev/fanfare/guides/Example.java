package dev.fanfare.guides;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Run a file of a guide as its reader would, with nothing changed but where the server
 * is.
 */
final class Example implements AutoCloseable {

	private static final Pattern FILE = Pattern.compile("<!-- file: (\\S+) -->\n```\\w+\n(.*?)```\n", Pattern.DOTALL);

	private final Process process;

	private final Thread reader;

	private final List<String> output = new CopyOnWriteArrayList<>();

	private Example(Path folder, String name) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command(name)).directory(folder.toFile()).redirectErrorStream(true);
		builder.environment().put("KEY", GuideServer.KEY);
		this.process = builder.start();
		this.reader = Thread.ofPlatform().daemon().name("example").start(this::read);
	}

	/** Return the names of the files that the guide has. */
	static List<String> files(String guide) throws IOException {
		return FILE.matcher(Files.readString(Path.of(guide))).results().map((file) -> file.group(1)).toList();
	}

	/** Start a file of the guide, in a folder of its own. */
	static Example start(String guide, String name, Path folder, int port) throws IOException {
		String content = content(guide, name);
		assertThat(content).contains("localhost:8080");
		Files.writeString(folder.resolve(name), content.replace("localhost:8080", "localhost:" + port));
		if (name.endsWith(".mjs")) {
			Path modules = Path.of("frontend/node_modules").toAbsolutePath();
			Files.createSymbolicLink(folder.resolve("node_modules"), modules);
		}
		return new Example(folder, name);
	}

	/** Return what the guide has as the content of a file. */
	static String content(String guide, String name) throws IOException {
		return FILE.matcher(Files.readString(Path.of(guide)))
			.results()
			.filter((file) -> file.group(1).equals(name))
			.map((file) -> file.group(2))
			.findFirst()
			.orElseThrow();
	}

	private static List<String> command(String name) throws IOException {
		return switch (name.substring(name.lastIndexOf('.') + 1)) {
			case "sh" -> List.of("sh", "-eu", name);
			case "py" -> List.of(python(), "-B", name);
			case "mjs" -> List.of("node", name);
			case "java" -> List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), name);
			default -> throw new IllegalArgumentException("Nothing runs '%s'".formatted(name));
		};
	}

	private static String python() throws IOException {
		return new String(new ProcessBuilder("bin/python-for-tests").start().getInputStream().readAllBytes(),
				StandardCharsets.UTF_8)
			.strip();
	}

	/** Return the lines it has printed so far. */
	List<String> output() {
		return this.output;
	}

	/** Wait for its end, which has to be a good one, and return what it printed. */
	String result() throws InterruptedException {
		assertThat(this.process.waitFor(60, TimeUnit.SECONDS)).as("ended: %s", this.output).isTrue();
		assertThat(this.process.exitValue()).as("%s", this.output).isZero();
		this.reader.join();
		return String.join("\n", this.output);
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	@Override
	public void close() {
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly();
	}

	private void read() {
		try (BufferedReader lines = this.process.inputReader(StandardCharsets.UTF_8)) {
			lines.lines().forEach(this.output::add);
		}
		catch (IOException | UncheckedIOException ex) {
			this.output.add(ex.toString());
		}
	}

}
