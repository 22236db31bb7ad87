package dev.fanfare.stomp;

import java.util.Set;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.SubscribableChannel;
import org.springframework.messaging.handler.HandlerMethod;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageMappingInfo;
import org.springframework.messaging.simp.SimpMessageSendingOperations;
import org.springframework.web.socket.messaging.WebSocketAnnotationMethodMessageHandler;

/**
 * Call the application's controllers as Spring does, and tell the client when there is
 * none or it fails.
 */
final class ControllerMessageHandler extends WebSocketAnnotationMethodMessageHandler {

	ControllerMessageHandler(SubscribableChannel inbound, MessageChannel outbound,
			SimpMessageSendingOperations template) {
		super(inbound, outbound, template);
	}

	@Override
	protected void handleNoMatch(Set<SimpMessageMappingInfo> mappings, String lookupDestination, Message<?> message) {
		throw Destinations.unknown(String.valueOf(SimpMessageHeaderAccessor.getDestination(message.getHeaders())));
	}

	@Override
	protected void processHandlerMethodException(HandlerMethod method, Exception exception, Message<?> message) {
		// Whatever an exception handler of the application does with it, it was not done:
		// there is no RECEIPT.
		Receipt.of(message)
			.fail((exception instanceof Refusal refusal) ? refusal : new ProtocolViolation(ErrorType.APPLICATION_ERROR,
					"The application failed to handle the message."));
		super.processHandlerMethodException(method, exception, message);
	}

}
