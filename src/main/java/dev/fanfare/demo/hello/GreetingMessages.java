package dev.fanfare.demo.hello;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.topic.Draft;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.stereotype.Controller;

/** Greet over STOMP. */
@Controller
class GreetingMessages {

	private final Broker broker;

	GreetingMessages(Broker broker) {
		this.broker = broker;
	}

	@MessageMapping("/send")
	@SendToUser(destinations = "/queue/send", broadcast = false)
	String greet() {
		return Greetings.TO_ONE;
	}

	@MessageMapping("/broadcast")
	void greetAll(@Payload(required = false) @Nullable String text, SimpMessageHeaderAccessor headers) {
		// Whoever sent it publishes; what @SendTo publishes, the application would.
		this.broker.publish(Caller.of(headers.getUser()),
				Draft.ofText(Greetings.TOPIC, Greetings.toAll((text != null) ? text : "")));
	}

}
