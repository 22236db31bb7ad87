package dev.fanfare.demo.vote;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.fanfare.access.Caller;
import dev.fanfare.demo.Visitor;
import dev.fanfare.engine.embedded.KeptLog;
import dev.fanfare.testing.Frame;
import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.ServerProcess;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that is killed in the middle of a storm of votes loses none and counts each
 * once.
 */
class VoteCrashIT {

	private static final int ROUNDS = 3;

	private static final int VOTERS = 40;

	private static final int CONNECTIONS = 5;

	private static final int LEAST_PER_ROUND = 200;

	/** As many numbers as there are marks of three options. */
	private static final int MOST_BALLOTS = 215;

	private static final String QUESTION = """
			{"question":"Which?","options":["a","b","c"],"kind":"rating","shown":"always"}""";

	@TempDir
	private Path folder;

	private final List<Rater> raters = IntStream.range(0, VOTERS).mapToObj((number) -> new Rater()).toList();

	private final AtomicInteger acknowledged = new AtomicInteger();

	/** What a screen that comes back each time has been told, in this order. */
	private final List<JsonNode> board = new CopyOnWriteArrayList<>();

	private String poll = "";

	@Test
	void theCountsAddUpToTheLogAfterEveryKill() {
		for (int round = 1; round <= ROUNDS; round++) {
			voteUntilKilled();

			assertThat(faults()).as("round %d", round).isEmpty();
		}
		try (var server = start(); var swarm = new Swarm(server.port())) {
			List<JsonNode> heard = new Voter(swarm).hears(new PollId(this.poll).board().value());
			List<List<Integer>> counted = counted();

			JsonNode last = Voter.until(heard, counted.toString().replace(" ", ""));

			assertThat(last.path("voters").asInt()).isEqualTo(VOTERS);
			this.board.addAll(heard);
			assertThat(new HttpPublisher(server.port()).get("/vote/%s/results.csv".formatted(this.poll))
				.body()
				.lines()
				.skip(1)
				.map((line) -> List.of(line.split(",")).subList(3, 8).toString()))
				.containsExactlyElementsOf(counted.stream().map(List::toString).toList());
		}
		assertThat(this.board).extracting(VoteCrashIT::version).isSorted();
		assertThat(this.board).extracting((standing) -> standing.path("voters").asInt()).isSorted();
		assertThat(this.acknowledged).hasValueGreaterThan(ROUNDS * LEAST_PER_ROUND);
	}

	private void voteUntilKilled() {
		List<Thread> voting = new ArrayList<>();
		try (var server = start(); var swarm = new Swarm(server.port())) {
			Voter screen = new Voter(swarm);
			if (this.poll.isEmpty()) {
				this.poll = screen.opens(QUESTION);
			}
			List<JsonNode> heard = screen.hears(new PollId(this.poll).board().value());
			List<StompClient> clients = IntStream.range(0, CONNECTIONS)
				.mapToObj((number) -> StompClient.connect(swarm))
				.toList();
			clients.forEach(StompClient::connected);
			int enough = this.acknowledged.get() + LEAST_PER_ROUND;
			for (int number = 0; number < VOTERS; number++) {
				Rater rater = this.raters.get(number);
				StompClient client = clients.get(number % CONNECTIONS);
				voting.add(Thread.ofVirtual().start(() -> rater.vote(client)));
			}
			Waiting.until("enough votes are acknowledged",
					() -> this.acknowledged.get() > enough && this.raters.stream().allMatch((one) -> one.told > 0));
			server.kill();
			for (Thread each : voting) {
				join(each);
			}
			this.board.addAll(heard);
		}
	}

	private ServerProcess start() {
		return ServerProcess.start("192m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "fanfare.demo.vote.casts=0",
				ServerProcess.data(this.folder.resolve("data")));
	}

	/** Name every voter of whom the log does not have exactly what it should. */
	private List<String> faults() {
		Map<String, List<Integer>> ballots = ballots();
		List<String> faults = new ArrayList<>();
		for (Rater rater : this.raters) {
			List<Integer> logged = ballots.getOrDefault(rater.id(), List.of());
			int newest = logged.isEmpty() ? 0 : logged.getLast();
			// The one that was on its way may be there or not; each that is, once.
			if (newest < rater.told || newest > rater.sent
					|| !logged.equals(IntStream.rangeClosed(1, newest).boxed().toList())) {
				faults.add("told of %d, sent %d, logged %s".formatted(rater.told, rater.sent, logged));
			}
		}
		return faults;
	}

	/** Read the numbers of each voter's ballots, in the order of the log. */
	private Map<String, List<Integer>> ballots() {
		Map<String, List<Integer>> ballots = new HashMap<>();
		for (Publication publication : log()) {
			JsonNode entry = JsonMapper.shared().readTree(publication.body());
			if (entry.path("entry").asString("").equals("cast")) {
				ballots.computeIfAbsent(entry.path("voter").asString(""), (voter) -> new ArrayList<>())
					.add(Rater.number(entry.path("marks")));
			}
		}
		return ballots;
	}

	private List<Publication> log() {
		KeptLog kept = KeptLog.in(this.folder.resolve("data"), this.folder.resolve("copy"));
		return kept.publications().get("vote.log." + this.poll);
	}

	/** Count the log as simply as can be: of each voter the newest. */
	private List<List<Integer>> counted() {
		int[][] counted = new int[3][5];
		ballots().values().forEach((numbers) -> {
			List<Integer> marks = Rater.marks(numbers.getLast());
			for (int option = 0; option < marks.size(); option++) {
				if (marks.get(option) > 0) {
					counted[option][marks.get(option) - 1]++;
				}
			}
		});
		return Arrays.stream(counted).map((option) -> Arrays.stream(option).boxed().toList()).toList();
	}

	private static long version(JsonNode standing) {
		return Position.parse(standing.path("version").asString("")).offset();
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	/**
	 * Vote one ballot after the other, each with its number in its marks, and once more
	 * what was not answered.
	 */
	private final class Rater {

		private final String secret = Voter.secret();

		private volatile int sent;

		private volatile int told;

		String id() {
			return Visitor.of(new Caller.Guest(), this.secret).id();
		}

		void vote(StompClient client) {
			try {
				while (this.told < MOST_BALLOTS) {
					this.sent = this.told + 1;
					Frame answer = client.request("SEND", headers(), "{\"marks\":%s}".formatted(marks(this.sent)))
						.join();
					assertThat(answer.command()).as(answer.toString()).isEqualTo("RECEIPT");
					this.told = this.sent;
					VoteCrashIT.this.acknowledged.incrementAndGet();
				}
			}
			catch (CompletionException ex) {
				// Its server was killed.
			}
		}

		private Map<String, String> headers() {
			return Map.of("destination", "/app/vote/%s/cast".formatted(VoteCrashIT.this.poll), "content-type",
					"application/json", "visitor", this.secret, "idempotency-key", "ballot " + this.sent);
		}

		/** Write a number with a digit of 0 to 5 for each option. */
		static List<Integer> marks(int number) {
			return List.of(number / 36, number / 6 % 6, number % 6);
		}

		static int number(JsonNode marks) {
			return marks.path(0).asInt() * 36 + marks.path(1).asInt() * 6 + marks.path(2).asInt();
		}

	}

}
