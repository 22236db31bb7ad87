package dev.fanfare.demo.hello;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.fanfare.access.AccessRules;
import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.BrokerProperties;
import dev.fanfare.broker.PayloadTooLarge;
import dev.fanfare.broker.Stored;
import dev.fanfare.limits.Limits;
import dev.fanfare.topic.Draft;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Greet by HTTP. */
@RestController
@Tag(name = "Hello")
class GreetingController {

	private final Broker broker;

	private final AccessRules access;

	private final Limits limits;

	private final DataSize maxPayload;

	private final Duration patience;

	private final HelloSockets sockets;

	private final StompSessions sessions;

	GreetingController(Broker broker, AccessRules access, Limits limits, BrokerProperties properties,
			@Value("${fanfare.http.patience:3s}") Duration patience, HelloSockets sockets, StompSessions sessions) {
		this.broker = broker;
		this.access = access;
		this.limits = limits;
		this.patience = patience;
		this.maxPayload = properties.maxPayload();
		this.sockets = sockets;
		this.sessions = sessions;
	}

	@PostMapping("/send")
	@Operation(summary = "Say \"Hello, client!\" to one session")
	Map<String, String> greet(@RequestParam String session, @Parameter(hidden = true) HttpServletRequest request) {
		this.access.requireEntry(Caller.of(request.getUserPrincipal()));
		if (!this.sockets.greet(session) && !this.sessions.greet(session)) {
			throw new UnknownSession(session);
		}
		return Map.of("session", session, "text", Greetings.TO_ONE);
	}

	@PostMapping("/broadcast")
	@Operation(summary = "Say \"Hello, clients!\", or the text in the body, to everybody who is connected")
	Map<String, String> greetAll(@Parameter(hidden = true) HttpServletRequest request) throws IOException {
		Caller caller = Caller.of(request.getUserPrincipal());
		// Asked before the body comes; publishing asks again.
		this.access.requirePublish(caller, Greetings.TOPIC);
		// As it is: a form's content type, which curl sends by default, must not change
		// the text.
		byte[] body = request.getInputStream().readNBytes((int) this.maxPayload.toBytes() + 1);
		if (body.length > this.maxPayload.toBytes()) {
			throw new PayloadTooLarge(body.length, this.maxPayload);
		}
		String text = Greetings.toAll(new String(body, StandardCharsets.UTF_8));
		Stored stored = this.broker
			.publish(caller, this.limits.visitor(request.getRemoteAddr()), List.of(Draft.ofText(Greetings.TOPIC, text)),
					this.patience)
			.getFirst();
		return Map.of("topic", Greetings.TOPIC.value(), "position", stored.position().toString(), "text", text);
	}

}
