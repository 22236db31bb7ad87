package dev.fanfare.demo;

import java.util.List;

import dev.fanfare.access.Caller;

import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** Hand methods with a {@code @MessageMapping} the visitor whose message they get. */
@Configuration(proxyBeanMethods = false)
class VisitorParameters implements WebSocketMessageBrokerConfigurer, HandlerMethodArgumentResolver {

	@Override
	public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
		resolvers.add(this);
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == Visitor.class;
	}

	@Override
	public Visitor resolveArgument(MethodParameter parameter, Message<?> message) {
		SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.wrap(message);
		return Visitor.of(Caller.of(headers.getUser()), headers.getFirstNativeHeader(Visitor.HEADER));
	}

}
