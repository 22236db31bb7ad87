package dev.fanfare.demo.vote;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.testing.Frame;
import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** People open polls, vote, change their minds and see how it stands. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class VoteTests {

	@LocalServerPort
	private int port;

	@Autowired
	private Broker broker;

	@Autowired
	private Polls polls;

	@Autowired
	private JsonMapper json;

	@Autowired
	private Clock clock;

	private Swarm swarm;

	private HttpPublisher http;

	@BeforeEach
	void open() {
		this.swarm = new Swarm(this.port);
		this.http = new HttpPublisher(this.port);
	}

	@AfterEach
	void close() {
		this.swarm.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "single|[0,1,0]|[[0],[1],[0]]", "multiple|[1,0,1]|[[1],[0],[1]]",
			"rating|[5,0,2]|[[0,0,0,0,1],[0,0,0,0,0],[0,1,0,0,0]]" })
	void aVoteIsCountedAndConfirmedWithItsNumber(String kind, String marks, String counts) {
		Voter ada = voter();
		String poll = ada.opens(question(kind, "always"));
		List<JsonNode> board = ada.hears("vote.poll." + poll);

		JsonNode receipt = ada.casts(poll, marks);

		assertThat(receipt.path("number").asInt()).isEqualTo(1);
		assertThat(receipt.path("marks")).hasToString(marks);
		assertThat(receipt.path("position").asString()).endsWith(":2");
		assertThat(Voter.until(board, 1).path("marks")).hasToString(counts);
	}

	@Test
	void whoChangesAVoteKeepsItsNumberAndCountsOnce() {
		Voter ada = voter();
		Voter bob = voter();
		String poll = ada.opens(question("single", "always"));
		List<JsonNode> board = bob.hears("vote.poll." + poll);

		assertThat(ada.casts(poll, "[1,0,0]").path("number").asInt()).isEqualTo(1);
		assertThat(bob.casts(poll, "[1,0,0]").path("number").asInt()).isEqualTo(2);
		assertThat(ada.casts(poll, "[0,0,1]").path("number").asInt()).isEqualTo(1);

		assertThat(Voter.until(board, "[[1],[0],[1]]").path("voters").asInt()).isEqualTo(2);
		JsonNode joined = ada.asks("/app/vote/" + poll + "/join", "");
		assertThat(joined.path("receipt").path("marks")).hasToString("[0,0,1]");
		assertThat(joined.path("receipt").path("number").asInt()).isEqualTo(1);
		assertThat(joined.path("creator").asBoolean()).isTrue();
		assertThat(joined.path("poll").path("question").asString()).isEqualTo("What?");
		assertThat(bob.asks("/app/vote/" + poll + "/join", "").path("creator").asBoolean()).isFalse();
	}

	@Test
	void theSameKeyIsTheSamePollAndTheSameBallot() {
		Voter ada = voter();
		String poll = ada.asks("/app/vote/open", question("single", "always"), "p1").path("poll").asString();

		assertThat(ada.asks("/app/vote/open", question("single", "always"), "p1").path("poll").asString())
			.isEqualTo(poll);
		assertThat(voter().asks("/app/vote/open", question("single", "always"), "p1").path("poll").asString())
			.isNotEqualTo(poll);
		ada.asks("/app/vote/" + poll + "/cast", "{\"marks\":[1,0,0]}", "b1");
		ada.asks("/app/vote/" + poll + "/cast", "{\"marks\":[0,1,0]}", "b2");
		// As a client does that was cut off before it heard of the first.
		JsonNode receipt = ada.asks("/app/vote/" + poll + "/cast", "{\"marks\":[1,0,0]}", "b1");

		assertThat(receipt.path("marks")).hasToString("[0,1,0]");
		assertThat(receipt.path("position").asString()).endsWith(":3");
	}

	@Test
	void aBallotThatIsSentAgainAfterTheEndIsConfirmed() {
		Voter ada = voter();
		String poll = ada.opens(question("single", "always"));
		ada.asks("/app/vote/" + poll + "/cast", "{\"marks\":[1,0,0]}", "b1");
		ada.does("/app/vote/" + poll + "/close", "");

		JsonNode receipt = ada.asks("/app/vote/" + poll + "/cast", "{\"marks\":[1,0,0]}", "b1");

		assertThat(receipt.path("marks")).hasToString("[1,0,0]");
		assertThat(receipt.path("position").asString()).endsWith(":2");
		assertThat(ada.does("/app/vote/" + poll + "/cast", "{\"marks\":[0,1,0]}").header("type")).isEqualTo("rejected");
		assertThat(voter().does("/app/vote/" + poll + "/cast", "{\"marks\":[1,0,0]}").header("type"))
			.isEqualTo("rejected");
	}

	@Test
	void aPollThatManyCloseAtOnceHasOneEnd() throws InterruptedException {
		String poll = voter().opens(question("single", "always"));
		BallotBox box = this.polls.find(poll).orElseThrow().box();
		List<Thread> closing = new ArrayList<>();

		for (int number = 0; number < 16; number++) {
			boolean early = number % 2 == 0;
			closing.add(Thread.ofVirtual().start(() -> box.close(early)));
		}
		for (Thread each : closing) {
			each.join();
		}

		assertThat(this.broker.state(new Caller.Application(), box.id().log()).count()).isEqualTo(2);
	}

	@Test
	void whoHasVotedAloneSeesTheCountsWhereThePollSaysSo() {
		Voter ada = voter();
		String poll = ada.opens(question("single", "after-voting"));
		List<JsonNode> board = ada.hears("vote.poll." + poll);
		assertThat(ada.asks("/app/vote/" + poll + "/join", "").path("receipt").isNull()).isTrue();
		assertThat(this.http.get("/vote/" + poll + "/results.csv").statusCode()).isEqualTo(400);
		assertThat(csv(ada, poll).statusCode()).isEqualTo(403);

		String counts = ada.casts(poll, "[0,1,0]").path("counts").asString();

		assertThat(counts).startsWith("vote.counts." + poll + ".");
		assertThat(Voter.until(ada.hears(counts), 1).path("marks")).hasToString("[[0],[1],[0]]");
		assertThat(Voter.until(board, 1).path("marks").isNull()).isTrue();
		assertThat(csv(ada, poll).body()).contains("\"coffee\",1,100.0");
		ada.does("/app/vote/" + poll + "/close", "");
		assertThat(Voter.until(board, "[[0],[1],[0]]").path("closed").isNull()).isFalse();
		assertThat(csv(voter(), poll).statusCode()).isEqualTo(200);
	}

	@Test
	void nobodySeesTheCountsBeforeTheEndWhereThePollSaysSo() {
		Voter ada = voter();
		String poll = ada.opens(question("multiple", "after-close"));
		List<JsonNode> board = ada.hears("vote.poll." + poll);

		JsonNode receipt = ada.casts(poll, "[1,1,0]");

		assertThat(receipt.path("counts").isNull()).isTrue();
		assertThat(Voter.until(board, 1).path("marks").isNull()).isTrue();
		assertThat(csv(ada, poll).statusCode()).isEqualTo(403);
		assertThat(ada.does("/app/vote/" + poll + "/close", "").command()).isEqualTo("RECEIPT");
		Voter.until(board, "[[1],[1],[0]]");
		assertThat(csv(ada, poll).body())
			.isEqualTo("\uFEFF\"option\",\"votes\",\"percent of voters\"\r\n\"tea\",1,100.0\r\n\"coffee\",1,100.0\r\n"
					+ "\"'=water\",0,0.0\r\n");
	}

	@Test
	void itsCreatorAloneClosesAPollAndListsItsVotes() {
		Voter ada = voter();
		Voter bob = voter();
		String poll = ada.opens(question("rating", "always"));
		bob.casts(poll, "[5,0,2]");
		ada.casts(poll, "[4,1,0]");
		bob.casts(poll, "[3,0,0]");

		Frame refused = bob.does("/app/vote/" + poll + "/close", "");
		assertThat(refused.header("type")).isEqualTo("access-denied");
		assertThat(votes(ada, poll).statusCode()).isEqualTo(403);
		ada.does("/app/vote/" + poll + "/close", "");

		assertThat(votes(bob, poll).statusCode()).isEqualTo(403);
		assertThat(votes(ada, poll).body().lines().map((line) -> line.replaceAll("\"[-0-9T:.]+Z\"", "TIME")))
			.containsExactly("\uFEFF\"no.\",\"time\",\"tea\",\"coffee\",\"'=water\"", "1,TIME,3,0,0", "2,TIME,4,1,0");
		assertThat(csv(ada, poll).body()).contains("\"tea\",2,3.5,0,0,1,1,0\r\n", "\"coffee\",1,1.0,1,0,0,0,0\r\n");
		assertThat(ada.does("/app/vote/" + poll + "/cast", "{\"marks\":[1,1,1]}").body()).contains(poll, "is closed");
	}

	@Test
	void aPollClosesByItselfAndWhatComesLaterIsRefused() {
		Voter ada = voter();
		String poll = ada.opens("""
				{"question":"Now?","options":["yes","no"],"kind":"single","seconds":5}""");
		List<JsonNode> board = ada.hears("vote.poll." + poll);
		ada.casts(poll, "[1,0]");

		Waiting.until("the poll is closed", () -> board.stream().anyMatch((one) -> !one.path("closed").isNull()));

		JsonNode last = board.getLast();
		JsonNode joined = ada.asks("/app/vote/" + poll + "/join", "");
		assertThat(last.path("marks")).hasToString("[[1],[0]]");
		assertThat(last.path("closed").asLong()).isEqualTo(joined.path("poll").path("closes").asLong());
		assertThat(ada.does("/app/vote/" + poll + "/cast", "{\"marks\":[0,1]}").header("type")).isEqualTo("rejected");
	}

	@ParameterizedTest
	@EnumSource(Shown.class)
	void nobodyReadsWhoVotedWhat(Shown shown) {
		Voter ada = voter();
		String poll = ada.opens(question("single", shown.name().toLowerCase().replace('_', '-')));
		ada.casts(poll, "[1,0,0]");

		Frame refused = ada.does("SUBSCRIBE", Map.of("id", "log", "destination", "/topic/vote.log." + poll), "");
		assertThat(refused.header("type")).isEqualTo("access-denied");
		assertThat(this.http.get("/api/topics/vote.log." + poll + "/publications").statusCode()).isEqualTo(403);
		assertThat(this.http.post("/api/topics/vote.poll." + poll + "/publications", "text/plain", "x").statusCode())
			.isEqualTo(403);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "/app/vote/22222222/join||unknown-destination|22222222",
			"/app/vote/NOTAPOLL/join||unknown-destination|NOTAPOLL",
			"/app/vote/22222222/cast|{\"marks\":[1]}|unknown-destination|22222222",
			"/app/vote/22222222/close||unknown-destination|22222222", "/app/vote/open|{|invalid-payload|/app/vote/open",
			"/app/vote/open|{}|invalid-payload|question",
			"/app/vote/open|{\"question\":\"?\",\"options\":[\"a\",\"b\"],\"kind\":\"other\"}|invalid-payload|body" })
	void whatCannotBeIsRefusedWithItsReason(String destination, String body, String type, String word) {
		Voter ada = voter();

		Frame refused = ada.does(destination, (body != null) ? body : "");

		assertThat(refused.header("type")).isEqualTo(type);
		assertThat(refused.body()).contains(word);
		assertThat(ada.does("/app/vote/22222222/join", "").header("type")).as("the connection goes on")
			.isEqualTo("unknown-destination");
	}

	@Test
	void aPollThatIsNotThereIsNotFoundOverHttp() {
		assertThat(this.http.get("/vote/22222222/results.csv").statusCode()).isEqualTo(404);
		assertThat(this.http.get("/vote/22222222/results.csv").body()).contains("unknown-path", "22222222");
	}

	@Test
	void whoDoesItTooOftenIsToldWhenToComeBack() {
		Voter ada = voter();
		String poll = ada.opens(question("single", "always"));
		List<Frame> answers = new ArrayList<>();
		for (int ballot = 0; ballot < 30; ballot++) {
			answers.add(ada.does("/app/vote/" + poll + "/cast", "{\"marks\":[1,0,0]}"));
		}

		assertThat(answers.subList(0, 20)).extracting(Frame::command).containsOnly("RECEIPT");
		assertThat(answers.getLast().header("type")).isEqualTo("too-many-publications");
		assertThat(answers.getLast().header("retry-after")).isNotEmpty();
		assertThat(voter().casts(poll, "[0,1,0]").path("number").asInt()).isEqualTo(2);
	}

	@Test
	void whatAllAreToldGrowsNeverOldAndKeepsItsPace() {
		Voter ada = voter();
		String poll = ada.opens(question("single", "always"));
		List<JsonNode> board = ada.hears("vote.poll." + poll);
		int voters = 200;
		for (int number = 0; number < voters; number++) {
			ada.sends(poll, "[0,1,0]", Voter.secret());
		}

		Voter.until(board, "[[0],[%d],[0]]".formatted(voters));

		assertThat(board).extracting((one) -> Long.parseLong(one.path("version").asString().split(":")[1]))
			.isSorted()
			.doesNotHaveDuplicates();
		assertThat(board).hasSizeLessThan(voters / 2);
	}

	@Test
	void aCountThatIsForgottenIsFoldedAgainFromTheLog() {
		Voter ada = voter();
		String poll = ada.opens(question("single", "always"));
		ada.casts(poll, "[1,0,0]");
		voter().casts(poll, "[0,1,0]");
		BallotBox known = this.polls.find(poll).orElseThrow().box();

		BallotBox fresh = new BallotBox(known.id(), new PollLog(this.broker, this.json, known.id().log()), this.clock);

		assertThat(fresh).isNotSameAs(known);
		assertThat(fresh.read(Count::marks)).isEqualTo(known.read(Count::marks));
		assertThat(List.copyOf(fresh.read(Count::votes))).isEqualTo(List.copyOf(known.read(Count::votes)));
	}

	@Test
	void aPollWhoseLogBeginsAnewIsGone() {
		Voter ada = voter();
		String poll = ada.opens(question("single", "always"));
		ada.casts(poll, "[1,0,0]");

		LivePoll known = this.polls.find(poll).orElseThrow();

		this.broker.reset(new Caller.Application(), new PollId(poll).log());
		known.board().tell();

		assertThat(ada.does("/app/vote/" + poll + "/join", "").header("type")).isEqualTo("unknown-destination");
	}

	private Voter voter() {
		return new Voter(this.swarm);
	}

	private HttpResponse<String> csv(Voter voter, String poll) {
		return this.http.get("/vote/%s/results.csv".formatted(poll), Map.of("visitor", voter.visitor()));
	}

	private HttpResponse<String> votes(Voter voter, String poll) {
		return this.http.get("/vote/%s/votes.csv".formatted(poll), Map.of("visitor", voter.visitor()));
	}

	private static String question(String kind, String shown) {
		return """
				{"question":"What?","options":["tea","coffee","=water"],"kind":"%s","shown":"%s"}""".formatted(kind,
				shown);
	}

}
