package dev.fanfare.testing;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hold all that a topic keeps.
 *
 * @param messages a line for each, oldest first: its position and the marker of its body
 */
public record TopicHistory(List<String> messages) {

	private static final int PAGE = 1000;

	/** Read it over HTTP, page by page. */
	public static TopicHistory read(HttpPublisher http, String topic) {
		List<String> messages = new ArrayList<>();
		String path = "/api/topics/%s/publications?limit=%d".formatted(topic, PAGE);
		JsonNode page = JsonMapper.shared().readTree(http.get(path).body());
		while (!page.isEmpty()) {
			page.forEach(
					(kept) -> messages.add(line(kept.path("position").asString(""), kept.path("text").asString(""))));
			String last = page.path(page.size() - 1).path("position").asString("");
			page = JsonMapper.shared().readTree(http.get(path + "&after=" + last).body());
		}
		return new TopicHistory(messages);
	}

	/** Note a message as it is noted here. */
	static String line(String position, String body) {
		return position + " " + body.substring(0, 16);
	}

	public long size() {
		return this.messages.size();
	}

	/** Return what comes after an offset, where it keeps all from the first on. */
	List<String> after(long offset) {
		return this.messages.subList((int) offset, this.messages.size());
	}

}
