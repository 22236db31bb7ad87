package dev.fanfare.stomp;

import java.util.Set;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.SubscribableChannel;
import org.springframework.messaging.handler.HandlerMethod;
import org.springframework.messaging.handler.annotation.support.MethodArgumentNotValidException;
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
		Refusal refusal = refusal(exception, message);
		Receipt.of(message).fail(refusal);
		if (refusal.type() == ErrorType.APPLICATION_ERROR || getExceptionHandlerMethod(method, exception) != null) {
			super.processHandlerMethodException(method, exception, message);
		}
		else {
			// Spring would log it as a failure, and any client can bring it about.
			this.logger.debug("Refused a message: " + refusal.getMessage());
		}
	}

	private static Refusal refusal(Exception exception, Message<?> message) {
		return switch (exception) {
			// What a record says that a body, or a part of the destination, is read into.
			case Exception _ when refusalIn(exception) instanceof Refusal refusal -> refusal;
			case MessageConversionException _,
					MethodArgumentNotValidException _ ->
				new ProtocolViolation(ErrorType.INVALID_PAYLOAD,
						"The body is not what the application takes at '%s' as '%s'.".formatted(
								SimpMessageHeaderAccessor.getDestination(message.getHeaders()),
								message.getHeaders().get(MessageHeaders.CONTENT_TYPE)));
			default ->
				new ProtocolViolation(ErrorType.APPLICATION_ERROR, "The application failed to handle the message.");
		};
	}

	private static @Nullable Refusal refusalIn(Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof Refusal refusal) {
				return refusal;
			}
		}
		return null;
	}

}
