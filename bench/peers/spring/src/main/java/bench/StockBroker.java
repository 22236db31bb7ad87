package bench;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpStatus;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** Run Spring's simple broker as its reference guide sets it up. */
@SpringBootApplication
@EnableWebSocketMessageBroker
public class StockBroker implements WebSocketMessageBrokerConfigurer {

	public static void main(String[] args) {
		SpringApplication.run(StockBroker.class, args);
	}

	@Override
	public void registerStompEndpoints(StompEndpointRegistry registry) {
		registry.addEndpoint("/ws");
	}

	@Override
	public void configureMessageBroker(MessageBrokerRegistry registry) {
		registry.enableSimpleBroker("/topic");
		registry.setApplicationDestinationPrefixes("/app");
	}

	@RestController
	static class Publishing {

		private final SimpMessagingTemplate template;

		Publishing(SimpMessagingTemplate template) {
			this.template = template;
		}

		@PostMapping("/publish/{topic}")
		@ResponseStatus(HttpStatus.NO_CONTENT)
		void publish(@PathVariable("topic") String topic, @RequestBody byte[] body) {
			this.template.convertAndSend("/topic/" + topic, body);
		}

	}

}
