package dev.fanfare.demo.vote;

import dev.fanfare.testing.Swarm;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** There are so many polls and no more, and room is made by those that are closed. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fanfare.demo.vote.max-polls=2", "fanfare.demo.vote.all-opens=1/m burst 4",
				"fanfare.engine.embedded.path=${java.io.tmpdir}/fanfare-vote-${random.uuid}" })
class VoteLimitTests {

	private static final String QUESTION = """
			{"question":"What?","options":["tea","coffee"],"kind":"single"}""";

	@LocalServerPort
	private int port;

	@Autowired
	private Polls polls;

	@Test
	void theOldestClosedPollMakesRoomAndNoOther() {
		try (var swarm = new Swarm(this.port)) {
			Voter ada = new Voter(swarm);
			String first = ada.asks("/app/vote/open", QUESTION, "1").path("poll").asString();
			String second = ada.asks("/app/vote/open", QUESTION, "2").path("poll").asString();
			// Neither takes of what is for all who open one.
			assertThat(ada.asks("/app/vote/open", QUESTION, "1").path("poll").asString()).isEqualTo(first);
			assertThat(ada.does("/app/vote/open", "{}").header("type")).isEqualTo("invalid-payload");

			assertThat(ada.does("/app/vote/open", QUESTION).header("type")).isEqualTo("too-many-topics");
			ada.does("/app/vote/" + second + "/close", "");
			String third = ada.opens(QUESTION);

			assertThat(this.polls.find(first)).isPresent();
			assertThat(this.polls.find(second)).isEmpty();
			assertThat(this.polls.find(third)).isPresent();
			assertThat(ada.does("/app/vote/open", QUESTION).header("type")).isEqualTo("too-many-publications");
		}
	}

}
