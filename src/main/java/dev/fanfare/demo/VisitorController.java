package dev.fanfare.demo;

import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.stereotype.Controller;

/** Tell visitors by which id others see them. */
@Controller
class VisitorController {

	@MessageMapping("/visitor")
	@SendToUser(destinations = "/queue/visitor", broadcast = false)
	Visitor tell(Visitor visitor) {
		return visitor;
	}

}
