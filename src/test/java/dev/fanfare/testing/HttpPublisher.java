package dev.fanfare.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Publish by HTTP. */
public final class HttpPublisher {

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String base;

	public HttpPublisher(int port) {
		this.base = "http://localhost:" + port;
	}

	/** Publish a body, and note it in the record if it is accepted. */
	public HttpResponse<String> publish(TopicRecord record, int bytes) {
		String body = record.body(bytes);
		HttpResponse<String> response = post("/api/topics/" + record.topic() + "/publications", "text/plain", body);
		if (response.statusCode() == 201) {
			String json = response.body();
			int at = json.indexOf("\"position\":\"") + 12;
			record.accepted(body, json.substring(at, json.indexOf('"', at)));
		}
		return response;
	}

	/**
	 * Publish a body under a key, and note it in the record if it is accepted, now or
	 * before.
	 */
	public int publish(TopicRecord record, String body, String key) {
		HttpResponse<String> response = post("/api/topics/" + record.topic() + "/publications", "text/plain", body,
				Map.of("Idempotency-Key", key));
		if (response.statusCode() == 201) {
			record.accepted(body, JsonMapper.shared().readTree(response.body()).path("position").asString(""));
		}
		return response.statusCode();
	}

	/** Publish so many bodies in one step, and note them in the record. */
	public void publishTogether(TopicRecord record, int count, int bytes) {
		List<String> bodies = Stream.generate(() -> record.body(bytes)).limit(count).toList();
		String items = bodies.stream()
			.map((body) -> "{\"topic\":\"%s\",\"text\":\"%s\"}".formatted(record.topic(), body))
			.collect(Collectors.joining(",", "[", "]"));
		HttpResponse<String> response = post("/api/publications", "application/json", items);
		if (response.statusCode() != 201) {
			throw new IllegalStateException("The batch was not accepted: " + response.body());
		}
		JsonNode receipts = JsonMapper.shared().readTree(response.body());
		for (int index = 0; index < count; index++) {
			record.accepted(bodies.get(index), receipts.path(index).path("position").asString(""));
		}
	}

	public HttpResponse<String> post(String path, String contentType, String body) {
		return post(path, contentType, body, Map.of());
	}

	/** Post a body with headers beside its content type. */
	public HttpResponse<String> post(String path, String contentType, String body, Map<String, String> headers) {
		HttpRequest.Builder request = request(path).header("Content-Type", contentType);
		headers.forEach(request::header);
		return send(request.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	public HttpResponse<String> get(String path) {
		return get(path, Map.of());
	}

	/** Get with headers. */
	public HttpResponse<String> get(String path, Map<String, String> headers) {
		HttpRequest.Builder request = request(path);
		headers.forEach(request::header);
		return send(request.GET());
	}

	public HttpResponse<String> delete(String path) {
		return send(request(path).DELETE());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.base + path));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException("No answer from " + this.base, ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Interrupted", ex);
		}
	}

}
