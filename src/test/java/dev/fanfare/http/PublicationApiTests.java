package dev.fanfare.http;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import dev.fanfare.testing.Frame;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PublicationApiTests {

	private static final int MAX_PAYLOAD = 64 * 1024;

	private HttpAsker server;

	private Swarm swarm;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.server = new HttpAsker(port);
		this.swarm = new Swarm(port);
	}

	@AfterEach
	void disconnect() {
		this.swarm.close();
	}

	@ParameterizedTest
	@MethodSource("bodies")
	void aReaderGetsTheBytesAndTheContentTypeUnchanged(String contentType, byte[] body) {
		var reader = reader("any.body");

		var answer = this.server.publish("any.body", contentType, body);

		assertThat(answer.status()).isEqualTo(201);
		var frame = only(reader);
		assertThat(frame.bytes()).isEqualTo(body);
		assertThat(frame.header("content-type")).isEqualTo(contentType);
	}

	static Stream<Arguments> bodies() {
		return Stream.of(body("text/plain", "hello"), body("text/plain;charset=UTF-8", "héllo 🎺"),
				body("Text/Plain; Charset=\"utf-8\"", "x"),
				arguments("text/plain;charset=ISO-8859-1", "héllo".getBytes(StandardCharsets.ISO_8859_1)),
				arguments("text/plain;charset=UTF-16", "héllo".getBytes(StandardCharsets.UTF_16)),
				body("application/json", "{ \"a\" : 1.10 }\n"), body("application/json", "{ not json"),
				body("application/x-www-form-urlencoded", "a=1&b=%20+&a=2"),
				body("multipart/form-data; boundary=x",
						"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n"),
				body("multipart/form-data", "without a boundary"), body("application/xml", "<a/>"),
				body("nonsense", "x"), arguments("application/octet-stream", everyByte()),
				arguments("image/png", new byte[] { 0, (byte) 0xff, '\n', '\n', 0 }),
				arguments("application/octet-stream", new byte[] { 0 }));
	}

	@Test
	void aBodyWithoutAContentTypeIsPublishedWithoutOne() {
		var reader = reader("untyped");

		var answer = this.server
			.send(this.server.request("/api/topics/untyped/publications").POST(BodyPublishers.ofString("hi")));

		assertThat(answer.status()).isEqualTo(201);
		assertThat(only(reader).toString()).contains("hi").doesNotContain("content-type");
	}

	@Test
	void theAnswerSaysWhereItIsAndHowManyReadIt() {
		var readers = List.of(reader("counted"), reader("counted"));

		var answer = this.server.publish("counted", "hi");

		assertThat(answer.status()).isEqualTo(201);
		JsonNode receipt = answer.json();
		assertThat(receipt.propertyNames()).containsExactlyInAnyOrder("topic", "position", "subscribers");
		assertThat(receipt.path("topic").stringValue()).isEqualTo("counted");
		assertThat(receipt.path("subscribers").intValue()).isEqualTo(2);
		String position = receipt.path("position").stringValue();
		assertThat(readers).allSatisfy((reader) -> assertThat(only(reader).header("message-id")).isEqualTo(position));
		assertThat(answer.header("location")).isEqualTo("/api/topics/counted/publications/" + position);
	}

	@Test
	void positionsOfOneTopicCountUp() {
		String first = this.server.publish("counting", "a").json().path("position").stringValue();
		String second = this.server.publish("counting", "b").json().path("position").stringValue();

		assertThat(first).matches("[0-9a-z]+:1");
		assertThat(second).isEqualTo(first.replace(":1", ":2"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "application/xml", "image/png", "nonsense", "text/plain;q=0" })
	void whatThePublisherWouldLikeToReadDoesNotMakeAnAcceptedBodyAFailure(String accepted) {
		var reader = reader("accepted");

		var answer = this.server.send(this.server.request("/api/topics/accepted/publications")
			.header("Accept", accepted)
			.POST(BodyPublishers.ofString("hi")));

		assertThat(answer.status()).isEqualTo(201);
		assertThat(answer.json().path("topic").stringValue()).isEqualTo("accepted");
		assertThat(only(reader).body()).isEqualTo("hi");
	}

	@Test
	void anEmptyBodyIsRefused() {
		var answer = this.server.publish("empty", "");

		assertThat(answer.problem(400, "empty-body")).contains("no body");
	}

	@Test
	void theLargestBodyIsTaken() {
		var reader = reader("large");

		var answer = this.server.publish("large", "x".repeat(MAX_PAYLOAD));

		assertThat(answer.status()).isEqualTo(201);
		assertThat(only(reader).bytes()).hasSize(MAX_PAYLOAD);
	}

	@Test
	void aLargerBodyIsRefusedByItsLength() {
		var answer = this.server.publish("large", "x".repeat(MAX_PAYLOAD + 1));

		assertThat(answer.problem(413, "payload-too-large")).contains("65537", "65536", "fanfare.broker.max-payload");
	}

	@Test
	void aBodyIsRefusedBeforeItComesWhenItAnnouncesToBeTooLarge() {
		String answer = this.server.sendRaw("POST /api/topics/large/publications HTTP/1.1\r\nHost: localhost\r\n"
				+ "Connection: close\r\nContent-Length: 9000000000\r\n\r\n");

		assertThat(answer).startsWith("HTTP/1.1 413 ").contains("payload-too-large", "9000000000");
	}

	@Test
	void aLargerBodyOfNoGivenLengthIsRefused() {
		byte[] body = "x".repeat(10 * MAX_PAYLOAD).getBytes(StandardCharsets.UTF_8);

		var answer = this.server.post("/api/topics/large/publications", "text/plain",
				BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

		assertThat(answer.problem(413, "payload-too-large")).contains("more than 65536", "fanfare.broker.max-payload");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "A.B", "0", "Scores_1:eu-west.2", "a.json", "%61b", "a..b" })
	void aTopicMayBeNamed(String topic) {
		assertThat(this.server.publish(topic, "hi").status()).isEqualTo(201);
	}

	@Test
	void aTopicsNameMayHave128Characters() {
		assertThat(this.server.publish("x".repeat(128), "hi").status()).isEqualTo(201);
	}

	@ParameterizedTest
	@CsvSource({ "-a, -a", ".a, .a", "_a, _a", ":a, :a", "..., ...", "a%20b, a b", "%20, ' '", "a%C3%BCb, aüb",
			"a*, a*", "a%3Bb, a;b", "a%23b, a#b", "a%3Fb, a?b", "a+b, a+b", "%E2%80%AE, \u202E",
			"%3Cscript%3E, <script>", "'{a}', {a}" })
	void aNameThatIsNoneIsRefusedAndShown(String topic, String shown) {
		var answer = this.server.publish(topic.replace("{", "%7B").replace("}", "%7D"), "hi");

		assertThat(answer.problem(400, "invalid-topic-name")).contains("'" + shown + "'", "letters, digits", "128");
	}

	@Test
	void aLongNameIsRefusedAndShownInPart() {
		var answer = this.server.publish("x".repeat(5000), "hi");

		assertThat(answer.problem(400, "invalid-topic-name")).contains("'xxx", "xxx...'", "128").hasSizeLessThan(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a%2Fb", "%2F", "", "%2e%2e", "a%5Cb", "a%FFb", "a%00b", "a%", "a%zz", "a%252Fb", "a%0Ab",
			"\u00ff" })
	void aPathThatCannotBeReadIsRefusedWithAProblem(String topic) {
		String answer = this.server.sendRaw("POST /api/topics/" + topic + "/publications HTTP/1.1\r\n"
				+ "Host: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi");

		assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\r\nContent-Type: application/problem+json\r\n");
		assertThat(answer).containsAnyOf("urn:fanfare:problem:invalid-request",
				"urn:fanfare:problem:invalid-topic-name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: x\r\n\r\n", "Content-Length: -1\r\n\r\n",
			"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n", "X: y\r\n z: \u0001\r\n\r\n" })
	void aRequestThatCannotBeReadIsRefusedWithAProblem(String rest) {
		String answer = this.server
			.sendRaw("POST /api/topics/a/publications HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + rest);

		assertThat(answer).startsWith("HTTP/1.1 400 ")
			.contains("\r\nContent-Type: application/problem+json\r\n", "urn:fanfare:problem:invalid-request");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/nothing", "/api/topics/a/b", "/api", "/nothing", "/api/topics/a/publications/",
			"/api/topics/a/b/publications" })
	void aPathWithNothingAtItIsNamed(String path) {
		var answer = this.server.post(path, "text/plain", BodyPublishers.ofString("hi"));

		assertThat(answer.problem(404, "unknown-path")).contains("'" + path + "'", "/api/docs");
	}

	@ParameterizedTest
	@CsvSource({ "PUT, /api/topics/a/publications, POST", "POST, /api/topics/a, GET", "DELETE, /api/topics, GET",
			"PATCH, /api/publications, POST", "GET, /api/publications, POST", "BREW, /api/publications, POST",
			"POST, /api/topics/a/publications/e:1, GET" })
	void anotherMethodIsRefusedAndTheRightOneNamed(String method, String path, String right) {
		var answer = this.server.send(this.server.request(path).method(method, BodyPublishers.ofString("hi")));

		assertThat(answer.problem(405, "method-not-allowed")).contains("'" + method + "'", right);
		assertThat(answer.header("allow")).contains(right);
	}

	private StompClient reader(String topic) {
		StompClient reader = StompClient.connect(this.swarm);
		reader.connected();
		return reader.subscribe("1", "/topic/" + topic);
	}

	private static Frame only(StompClient reader) {
		Waiting.until("a message", () -> !reader.received().isEmpty());
		assertThat(reader.received()).hasSize(1);
		return reader.received().getFirst();
	}

	private static Arguments body(String contentType, String text) {
		return arguments(contentType, text.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] everyByte() {
		byte[] bytes = new byte[256];
		for (int each = 0; each < bytes.length; each++) {
			bytes[each] = (byte) each;
		}
		return bytes;
	}

}
