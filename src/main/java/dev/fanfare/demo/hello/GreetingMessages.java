package dev.fanfare.demo.hello;

import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.stereotype.Controller;

/** Greet over STOMP. */
@Controller
class GreetingMessages {

	@MessageMapping("/send")
	@SendToUser(destinations = "/queue/send", broadcast = false)
	String greet() {
		return Greetings.TO_ONE;
	}

	@MessageMapping("/broadcast")
	@SendTo("/topic/broadcast")
	String greetAll(@Payload(required = false) String text) {
		return Greetings.toAll((text != null) ? text : "");
	}

}
