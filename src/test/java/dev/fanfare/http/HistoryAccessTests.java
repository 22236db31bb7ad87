package dev.fanfare.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fanfare.access.history=nobody", "fanfare.access.reset=authenticated" })
class HistoryAccessTests {

	@ParameterizedTest
	@ValueSource(strings = { "/api/topics", "/api/topics/closed", "/api/topics/closed/publications",
			"/api/topics/closed/publications/00000000:1" })
	void aHistoryThatIsClosedIsNotRead(String path, @LocalServerPort int port) {
		var answer = new HttpAsker(port).get(path);

		assertThat(answer.problem(403, "access-denied")).contains("A guest may not", "open to nobody");
	}

	@Test
	void aHistoryIsNotResetByThoseItIsNotOpenTo(@LocalServerPort int port) {
		var answer = new HttpAsker(port).delete("/api/topics/closed/publications");

		assertThat(answer.problem(403, "access-denied"))
			.isEqualTo("A guest may not reset the history of 'closed': it is open to authenticated.");
	}

}
