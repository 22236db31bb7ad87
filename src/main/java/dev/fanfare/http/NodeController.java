package dev.fanfare.http;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import dev.fanfare.access.AccessRules;
import dev.fanfare.access.Caller;
import dev.fanfare.access.DrainAsked;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.BrokerProperties;
import dev.fanfare.broker.NodeState;
import dev.fanfare.broker.Sessions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tell operators what this node is and has to do. */
@RestController
@Tag(name = "Node")
class NodeController {

	private final Broker broker;

	private final Sessions sessions;

	private final BrokerProperties brokerProperties;

	private final ApplicationAvailability availability;

	private final AccessRules access;

	private final ApplicationEventPublisher events;

	private final String version;

	NodeController(Broker broker, Sessions sessions, BrokerProperties brokerProperties,
			ApplicationAvailability availability, AccessRules access, ApplicationEventPublisher events,
			ObjectProvider<BuildProperties> build) {
		this.broker = broker;
		this.sessions = sessions;
		this.brokerProperties = brokerProperties;
		this.availability = availability;
		this.access = access;
		this.events = events;
		this.version = build.stream().map(BuildProperties::getVersion).findFirst().orElse("dev");
	}

	@GetMapping("/api/node")
	@Operation(operationId = "readNode", summary = "Tell what this node is and has to do")
	@ApiResponse(responseCode = "200", description = "What it is", useReturnTypeSchema = true)
	@ApiResponse(responseCode = "403", description = "Not open to this caller",
			content = @Content(mediaType = "application/problem+json"))
	ResponseEntity<NodeDescription> read(@Parameter(hidden = true) HttpServletRequest request) {
		Caller caller = Caller.of(request.getUserPrincipal());
		NodeState node = this.broker.node(caller);
		var runtime = ManagementFactory.getRuntimeMXBean();
		boolean ready = this.availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
		NodeDescription description = new NodeDescription(this.version, ready ? "accepting" : "draining",
				runtime.getStartTime(), Duration.ofSeconds(runtime.getUptime() / 1000), this.sessions.count(caller),
				node.subscriptions(), node.subscribedTopics(), node.lanes(), node.intakeUsed(), node.intakeLimit(),
				this.brokerProperties.maxPayload().toBytes());
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.cacheControl(CacheControl.noStore())
			.body(description);
	}

	@PostMapping("/api/node/drain")
	@ResponseStatus(HttpStatus.ACCEPTED)
	@Operation(operationId = "drainNode", summary = "Have all clients move to another node",
			description = "There is no way back but to start the server anew.")
	@ApiResponse(responseCode = "202", description = "They are asked to, slice by slice")
	@ApiResponse(responseCode = "403", description = "Not open to this caller",
			content = @Content(mediaType = "application/problem+json"))
	void drain(@Parameter(hidden = true) HttpServletRequest request) {
		this.access.requireOperate(Caller.of(request.getUserPrincipal()));
		this.events.publishEvent(new DrainAsked());
	}

}
