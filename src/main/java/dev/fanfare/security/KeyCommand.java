package dev.fanfare.security;

import java.io.PrintStream;
import java.util.List;

import org.springframework.modulith.NamedInterface;

/** Print a new key and its hash, by {@code key} on the command line. */
@NamedInterface("command")
public final class KeyCommand {

	private static final int DONE = 0;

	private static final int MISUSED = 2;

	private final PrintStream out;

	private final PrintStream err;

	/**
	 * Prepare to answer.
	 * @param out takes the key
	 * @param err takes why there is none
	 */
	public KeyCommand(PrintStream out, PrintStream err) {
		this.out = out;
		this.err = err;
	}

	/**
	 * Do what the arguments say.
	 * @param arguments those after {@code key}
	 * @return the exit code: 0 when done, 2 when the arguments mean nothing
	 */
	public int run(List<String> arguments) {
		if (!arguments.isEmpty()) {
			this.err.println("'%s' means nothing here.".formatted(String.join(" ", arguments)));
			this.err.println("Usage: java -jar fanfare.jar key");
			return MISUSED;
		}
		String key = ApiKey.random();
		this.out.print("""
				The key, for the back end; nothing keeps it:

				%s

				Its hash, for fanfare.access.keys:

				    - name: my-back-end
				      hash: %s
				      scopes: [publish, read]
				      topics: ["**"]
				""".formatted(key, ApiKey.hash(key)));
		return DONE;
	}

}
