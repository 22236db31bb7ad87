package dev.fanfare.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the project's scripts with nothing on PATH but what a test puts there. */
final class Shell {

	private final Path tools;

	private final Map<String, String> environment;

	Shell(Path tools, Map<String, String> environment) {
		this.tools = tools;
		this.environment = environment;
	}

	/** Put tools of this machine on the PATH, as far as it has them. */
	Shell with(String... names) throws IOException {
		for (String name : names) {
			Optional<Path> tool = onPath(name);
			if (tool.isPresent()) {
				withScript(name, "exec %s \"$@\"%n".formatted(tool.get()));
			}
		}
		return this;
	}

	/** Put a tool on the PATH that does what the script says. */
	Shell withScript(String name, String script) throws IOException {
		executable(this.tools.resolve(name), script);
		return this;
	}

	Result run(Path folder, Object... command) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(Stream.of(command).map(Object::toString).toList())
			.directory(folder.toFile())
			.redirectErrorStream(true)
			.redirectInput(Path.of("/dev/null").toFile());
		builder.environment().clear();
		builder.environment().putAll(this.environment);
		builder.environment().put("PATH", this.tools.toString());
		Process process = builder.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Result(process.waitFor(), output);
	}

	static Path executable(Path file, String script) throws IOException {
		Files.createDirectories(file.getParent());
		Files.writeString(file, "#!/bin/sh\n" + script);
		assertThat(file.toFile().setExecutable(true)).isTrue();
		return file;
	}

	private static Optional<Path> onPath(String name) {
		return Stream.of(System.getenv("PATH").split(":"))
			.map((folder) -> Path.of(folder, name))
			.filter(Files::isExecutable)
			.findFirst();
	}

	record Result(int exitCode, String output) {
	}

}
