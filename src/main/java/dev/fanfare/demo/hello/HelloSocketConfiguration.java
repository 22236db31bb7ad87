package dev.fanfare.demo.hello;

import java.util.List;

import dev.fanfare.websocket.WebSocketEndpoints;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerMapping;

/** Put the bare WebSockets at the paths that answer HTTP as well. */
@Configuration(proxyBeanMethods = false)
class HelloSocketConfiguration {

	@Bean
	HandlerMapping helloSocketMapping(WebSocketEndpoints endpoints, HelloSockets sockets) {
		return endpoints.map(sockets, List.of(new SocketName()), "/", "/send", "/broadcast");
	}

}
