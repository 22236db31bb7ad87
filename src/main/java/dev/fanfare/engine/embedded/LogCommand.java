package dev.fanfare.engine.embedded;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;

import org.springframework.modulith.NamedInterface;

/**
 * Look into a data folder that no server uses, by {@code log inspect}, {@code log verify}
 * or {@code log export} on the command line.
 */
@NamedInterface("command")
public final class LogCommand {

	private static final int DONE = 0;

	private static final int FAILED = 1;

	private static final int MISUSED = 2;

	private static final String USAGE = """
			Usage: java -jar fanfare.jar log COMMAND [--data FOLDER] [--topic NAME]
			  inspect  list the topics and where they stand
			  verify   read everything and say what is wrong, with exit code 1 if anything is
			  export   write publications as JSON, one a line
			FOLDER is ./data if not given, NAME any topic.
			""";

	private final PrintStream out;

	private final PrintStream err;

	private final Clock clock;

	/**
	 * Prepare to answer.
	 * @param out takes what was asked for
	 * @param err takes why it cannot be had
	 */
	public LogCommand(PrintStream out, PrintStream err, Clock clock) {
		this.out = out;
		this.err = err;
		this.clock = clock;
	}

	/**
	 * Do what the arguments say.
	 * @param arguments those after {@code log}
	 * @return the exit code: 0 when done, 1 when something is wrong with the log, 2 with
	 * the arguments
	 */
	public int run(List<String> arguments) {
		try {
			Arguments asked = Arguments.read(arguments);
			try (LogStore store = LogStore.readOnly(asked.data())) {
				return run(asked, store);
			}
		}
		catch (Misused ex) {
			this.err.println(ex.getMessage());
			this.err.print(USAGE);
			return MISUSED;
		}
		catch (DataFolderUnusable ex) {
			this.err.println(ex.getMessage());
			this.err.println(ex.help());
			return FAILED;
		}
		catch (StorageFailed ex) {
			this.err.println("The log cannot be read: " + ex.reason());
			return FAILED;
		}
	}

	private int run(Arguments asked, LogStore store) {
		List<LogTopic> topics = topics(asked, store);
		boolean right = switch (asked.command()) {
			case "inspect" -> new LogTable(this.out, this.clock).print(topics);
			case "verify" -> new LogVerification(store, this.out).verify(topics);
			case "export" -> new LogExport(store, this.out).export(topics);
			default -> throw new Misused("'%s' is no command.".formatted(asked.command()));
		};
		if (this.out.checkError()) {
			this.err.println("Not all of the output could be written.");
			return FAILED;
		}
		return right ? DONE : FAILED;
	}

	private static List<LogTopic> topics(Arguments asked, LogStore store) {
		List<LogTopic> topics = new ArrayList<>();
		store.topics((name, id, head) -> topics.add(new LogTopic(name, id, head)));
		if (asked.topic() != null) {
			topics.removeIf((topic) -> !topic.name().equals(asked.topic()));
			if (topics.isEmpty()) {
				throw new Misused("The log has no topic '%s'.".formatted(asked.topic()));
			}
		}
		return topics;
	}

	private record Arguments(String command, Path data, @Nullable TopicName topic) {

		static Arguments read(List<String> arguments) {
			if (arguments.isEmpty() || !List.of("inspect", "verify", "export").contains(arguments.getFirst())) {
				throw new Misused(arguments.isEmpty() ? "What about the log?"
						: "'%s' is no command.".formatted(arguments.getFirst()));
			}
			Path data = Path.of("data");
			TopicName topic = null;
			for (int index = 1; index < arguments.size(); index += 2) {
				String value = (index + 1 < arguments.size()) ? arguments.get(index + 1) : "";
				switch (arguments.get(index)) {
					case "--data" -> data = Path.of(given("--data", value));
					case "--topic" -> topic = topic(given("--topic", value));
					default -> throw new Misused("'%s' is no option.".formatted(arguments.get(index)));
				}
			}
			return new Arguments(arguments.getFirst(), data, topic);
		}

		private static String given(String option, String value) {
			if (value.isEmpty()) {
				throw new Misused("%s has no value.".formatted(option));
			}
			return value;
		}

		private static TopicName topic(String name) {
			try {
				return new TopicName(name);
			}
			catch (Refusal ex) {
				throw new Misused(ex.getMessage());
			}
		}

	}

	private static final class Misused extends RuntimeException {

		Misused(String message) {
			super(message);
		}

	}

}
