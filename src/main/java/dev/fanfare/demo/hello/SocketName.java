package dev.fanfare.demo.hello;

import java.util.Map;

import dev.fanfare.topic.InvalidTopicName;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Let a socket name itself by {@code ?session=NAME}, with the letters of a topic name.
 */
class SocketName implements HandshakeInterceptor {

	private static final String NAME = "session";

	/** Return the name that a socket gave itself, else Spring's session id. */
	static String of(WebSocketSession session) {
		return session.getAttributes().getOrDefault(NAME, session.getId()).toString();
	}

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) {
		String name = UriComponentsBuilder.fromUri(request.getURI()).build().getQueryParams().getFirst(NAME);
		if (name == null) {
			return true;
		}
		try {
			attributes.put(NAME, new TopicName(name).value());
			return true;
		}
		catch (InvalidTopicName ex) {
			response.setStatusCode(HttpStatus.BAD_REQUEST);
			return false;
		}
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception exception) {
	}

}
