package dev.fanfare.demo.hello;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.context.event.EventListener;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.messaging.SessionConnectedEvent;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;

/** Know which STOMP sessions are open, and greet one of them. */
@Component
class StompSessions {

	private final SimpMessagingTemplate template;

	private final Set<String> open = ConcurrentHashMap.newKeySet();

	StompSessions(SimpMessagingTemplate template) {
		this.template = template;
	}

	/** Greet a session, and tell whether it is there. */
	boolean greet(String session) {
		if (!this.open.contains(session)) {
			return false;
		}
		SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
		headers.setSessionId(session);
		headers.setLeaveMutable(true);
		this.template.convertAndSendToUser(session, "/queue/send", Greetings.TO_ONE, headers.getMessageHeaders());
		return true;
	}

	@EventListener
	void connected(SessionConnectedEvent event) {
		String session = SimpMessageHeaderAccessor.getSessionId(event.getMessage().getHeaders());
		if (session != null) {
			this.open.add(session);
		}
	}

	@EventListener
	void disconnected(SessionDisconnectEvent event) {
		this.open.remove(event.getSessionId());
	}

}
