package dev.fanfare.stomp;

import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.SubscribableChannel;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;

/**
 * Hand sessions on as they are: the outbox does what Spring's decorator would, without a
 * thread that waits.
 */
final class UndecoratedWebSocketHandler extends SubProtocolWebSocketHandler {

	UndecoratedWebSocketHandler(MessageChannel inbound, SubscribableChannel outbound) {
		super(inbound, outbound);
	}

	@Override
	protected WebSocketSession decorateSession(WebSocketSession session) {
		return session;
	}

}
