package dev.fanfare.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Hold what the packaged jar said on the command line.
 *
 * @param output what it printed, errors included
 */
public record CommandLine(int exitCode, String output) {

	/** Run the jar with those arguments and wait for its end. */
	public static CommandLine run(String... arguments) {
		List<String> command = ServerProcess.java(List.of("-XX:TieredStopAtLevel=1"));
		command.addAll(List.of(arguments));
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return new CommandLine(process.waitFor(), output);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Interrupted", ex);
		}
	}

}
