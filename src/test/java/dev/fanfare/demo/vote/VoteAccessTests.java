package dev.fanfare.demo.vote;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.Swarm;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Where the rules close the votes to guests, guests do not take part. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "fanfare.topics[0].pattern=vote.**",
		"fanfare.topics[0].access.subscribe=authenticated", "fanfare.topics[1].pattern=**" })
class VoteAccessTests {

	private static final String QUESTION = """
			{"question":"What?","options":["tea","coffee"],"kind":"single"}""";

	@LocalServerPort
	private int port;

	@Autowired
	private Polls polls;

	@Test
	void whoMayNotHearAPollCanNeitherOpenNorVote() {
		Poll poll = new Question("What?", List.of("tea", "coffee"), Kind.SINGLE, null, null, null)
			.poll(PollId.of("ada", "1"), Instant.now(), Duration.ofHours(1));
		this.polls.open(new Entry.Opened(poll, "ada", "key"));
		try (var swarm = new Swarm(this.port)) {
			Voter guest = new Voter(swarm);

			assertThat(guest.does("/app/vote/open", QUESTION).header("type")).isEqualTo("access-denied");
			for (String action : new String[] { "join", "close" }) {
				assertThat(guest.does("/app/vote/%s/%s".formatted(poll.id(), action), "").header("type")).as(action)
					.isEqualTo("access-denied");
			}
			assertThat(guest.does("/app/vote/%s/cast".formatted(poll.id()), "{\"marks\":[1,0]}").header("type"))
				.isEqualTo("access-denied");
			assertThat(new HttpPublisher(this.port).get("/vote/%s/results.csv".formatted(poll.id())).statusCode())
				.isEqualTo(403);
			assertThat(this.polls.find(poll.id().value()).orElseThrow().box().size()).isZero();
		}
	}

}
