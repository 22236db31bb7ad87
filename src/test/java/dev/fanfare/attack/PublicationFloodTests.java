package dev.fanfare.attack;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.fanfare.testing.Frame;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** One address publishes and asks as often as it may, and no more. */
@SmallLimits
class PublicationFloodTests {

	private static final int BURST = 40;

	@LocalServerPort
	private int port;

	private Attack attack;

	@BeforeEach
	void begin() {
		this.attack = new Attack(this.port);
	}

	@AfterEach
	void end() {
		this.attack.close();
	}

	@Test
	void aClientThatIsALittleTooFastIsHeldUpAndNothingIsLost() {
		StompClient client = this.attack.client();
		for (int published = 0; published < BURST; published++) {
			client.send("/topic/flood", "x");
		}

		// Each of these is due 50 ms after the one before.
		for (int more = 0; more < 10; more++) {
			assertThat(client.answered("SEND", Map.of("destination", "/topic/flood"), "x").command())
				.isEqualTo("RECEIPT");
		}
		this.attack.othersAreServed();
	}

	@Test
	void severalConnectionsThatFloodAreRefused() {
		List<StompClient> clients = new ArrayList<>();
		for (int client = 0; client < 10; client++) {
			clients.add(this.attack.client());
		}
		for (StompClient each : clients) {
			for (int published = 0; published < BURST; published++) {
				each.send("/topic/flood", "x");
			}
		}
		Waiting.until("one of them is refused", () -> clients.stream().anyMatch((each) -> !each.received().isEmpty()));

		StompClient refused = clients.stream().filter((each) -> !each.received().isEmpty()).findFirst().orElseThrow();
		Frame error = refused.received().getFirst();
		assertThat(error.command()).isEqualTo("ERROR");
		assertThat(error.header("type")).isEqualTo("too-many-publications");
		assertThat(error.header("retry-after")).matches("[1-9][0-9]*");
		assertThat(refused.closed().code()).isEqualTo(1013);
		assertThat(refused.closed().reason()).contains("limit reached", "too-many-publications");
		this.attack.othersAreServed();
	}

	@Test
	void messagesForTheApplicationCountAsWell() {
		List<StompClient> clients = List.of(this.attack.client(), this.attack.client(), this.attack.client(),
				this.attack.client());
		for (StompClient each : clients) {
			for (int sent = 0; sent < BURST; sent++) {
				each.send("/app/send", "x");
			}
		}

		Waiting.until("one of them is refused",
				() -> clients.stream()
					.flatMap((each) -> each.received().stream())
					.anyMatch((frame) -> "too-many-publications".equals(frame.header("type"))));
		this.attack.othersAreServed();
	}

	@Test
	void whoTriesKeyAfterKeyIsSentAwayBeforeTheyAreLookedAt() {
		Map<String, String> wrong = Map.of("Authorization", "Bearer fanfare_wrong");
		int answer = 401;
		for (int tried = 0; tried < 1000 && answer == 401; tried++) {
			answer = this.attack.get("/api/topics/flood", wrong);
		}

		assertThat(answer).isEqualTo(429);
		this.attack.othersAreServed();
	}

	@Test
	void aTransactionThatIsTooMuchIsRefusedAsAWhole() {
		StompClient client = this.attack.client();
		client.request("BEGIN", Map.of("transaction", "t"), "");
		client.request("SEND", Map.of("destination", "/topic/half", "transaction", "t"), "x");
		for (int sent = 0; sent < BURST + 5; sent++) {
			client.request("SEND", Map.of("destination", "/app/send", "transaction", "t"), "x");
		}

		Frame refused = client.answered("COMMIT", Map.of("transaction", "t"), "");

		assertThat(refused.header("type")).isEqualTo("too-many-publications");
		assertThat(this.attack.get("/api/topics/half").body()).contains("\"count\":0");
		this.attack.othersAreServed();
	}

	@Test
	void publishingOverHttpIsAnsweredAtOnceWithWhenToComeBack() {
		HttpResponse<String> refused = null;
		for (int published = 0; published < 2 * BURST && refused == null; published++) {
			HttpResponse<String> answer = this.attack.publish("flood", "x");
			refused = (answer.statusCode() != 201) ? answer : null;
		}

		assertThat(refused).isNotNull();
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(refused.body()).contains("urn:fanfare:problem:too-many-publications",
				"fanfare.limits.address.publishes");
		assertThat(refused.headers().firstValue("Retry-After")).contains("1");
		this.attack.othersAreServed();
	}

	@Test
	void aListThatIsRefusedIsRefusedAsAWhole() {
		String item = "{\"topic\": \"slow.list\", \"text\": \"x\"}";
		String list = "[%s, %s]".formatted(item, item);
		assertThat(this.attack.publishList(list).statusCode()).isEqualTo(201);

		HttpResponse<String> refused = this.attack
			.publishList("[{\"topic\": \"fine\", \"text\": \"x\"}, %s]".formatted(item));

		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(refused.body()).contains("too-many-publications", "publish-rate of 'slow.*'");
		assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow())).isBetween(55, 60);
		assertThat(this.attack.get("/api/topics/fine").body()).contains("\"count\":0");
	}

	@Test
	void aTopicIsPublishedToAsOftenAsItsRuleSaysByWhomever() {
		StompClient publisher = StompClient.connect(this.attack.others());
		publisher.connected();
		Map<String, String> destination = Map.of("destination", "/topic/slow.one");
		assertThat(publisher.answered("SEND", destination, "x").command()).isEqualTo("RECEIPT");
		assertThat(publisher.answered("SEND", destination, "x").command()).isEqualTo("RECEIPT");

		Frame refused = publisher.answered("SEND", destination, "x");

		assertThat(refused.header("type")).isEqualTo("too-many-publications");
		StompClient another = StompClient.connect(this.attack.others());
		another.connected();
		assertThat(another.answered("SEND", Map.of("destination", "/topic/slow.two"), "x").command())
			.isEqualTo("RECEIPT");
	}

	@Test
	void requestsOfAllKindsAreCountedBeforeTheyAreHandled() {
		HttpResponse<String> refused = null;
		for (int asked = 0; asked < 200 && refused == null; asked++) {
			HttpResponse<String> answer = this.attack.get((asked % 2 == 0) ? "/" : "/api/topics");
			refused = (answer.statusCode() == 429) ? answer : null;
		}

		assertThat(refused).isNotNull();
		assertThat(refused.body()).contains("urn:fanfare:problem:too-many-requests",
				"fanfare.limits.address.http-requests");
		assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(refused.headers().firstValue("Retry-After")).contains("1");
		this.attack.othersAreServed();
	}

}
