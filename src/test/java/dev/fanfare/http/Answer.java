package dev.fanfare.http;

import java.net.http.HttpHeaders;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Hold what a server answered. */
public record Answer(int status, HttpHeaders headers, String body) {

	/** What only programmers of the server understand. */
	private static final Pattern INTERNALS = Pattern
		.compile("(java|jakarta|org|dev|tools)\\.[a-z]+\\.|Exception|\\.java:|`|REDACTED|UNKNOWN|static resource");

	public JsonNode json() {
		assertThat(header("content-type")).isEqualTo("application/json");
		return JsonMapper.shared().readTree(this.body);
	}

	public String header(String name) {
		return this.headers.firstValue(name).orElse("");
	}

	/**
	 * Require a problem as RFC 9457 has it, with a stable type.
	 * @return its detail
	 */
	public String problem(int expectedStatus, String type) {
		assertThat(this.status).as(this.body).isEqualTo(expectedStatus);
		assertThat(header("content-type")).as(this.body).isEqualTo("application/problem+json");
		JsonNode problem = JsonMapper.shared().readTree(this.body);
		assertThat(problem.path("type").asString("")).as(this.body).isEqualTo("urn:fanfare:problem:" + type);
		assertThat(problem.path("status").asInt()).isEqualTo(expectedStatus);
		assertThat(problem.path("title").asString("")).isNotEmpty();
		assertThat(this.body).doesNotContainPattern(INTERNALS);
		return problem.path("detail").asString("");
	}

}
