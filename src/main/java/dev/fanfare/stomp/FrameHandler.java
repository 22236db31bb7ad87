package dev.fanfare.stomp;

import java.util.List;
import java.util.Optional;

import dev.fanfare.access.LogContext;
import dev.fanfare.broker.CursorName;
import dev.fanfare.broker.Durables;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;
import dev.fanfare.websocket.CloseReason;

import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.stereotype.Component;

/**
 * Do what one frame of a client asks for, and answer it.
 *
 * @see <a href="https://stomp.github.io/stomp-specification-1.2.html#Client_Frames">STOMP
 * 1.2, Client Frames</a>
 */
@Component
class FrameHandler {

	private final StompProperties properties;

	private final Destinations destinations;

	private final Handshake handshake;

	private final Acknowledgements acknowledgements;

	private final Commits commits;

	private final InboundChannel inbound;

	private final Durables durables;

	private final SessionTokens tokens;

	FrameHandler(StompProperties properties, Destinations destinations, Handshake handshake,
			Acknowledgements acknowledgements, Commits commits, InboundChannel inbound, Durables durables,
			SessionTokens tokens) {
		this.properties = properties;
		this.destinations = destinations;
		this.handshake = handshake;
		this.acknowledgements = acknowledgements;
		this.commits = commits;
		this.inbound = inbound;
		this.durables = durables;
		this.tokens = tokens;
	}

	/**
	 * Handle a frame; what it asks for is done when this returns, or added to its
	 * transaction.
	 * @throws Refusal if it is not done
	 */
	void handle(StompConnection connection, StompFrame frame, MessageChannel channel) {
		if (frame.command() == StompCommand.CONNECT || frame.command() == StompCommand.STOMP) {
			try (LogContext context = LogContext.of(connection.id(), connection.user())) {
				this.handshake.connect(connection, frame, channel);
			}
			return;
		}
		if (!connection.isConnected()) {
			throw new ProtocolViolation(ErrorType.NOT_CONNECTED,
					"The first frame is %s; it must be CONNECT or STOMP.".formatted(frame.command()));
		}
		Receipt receipt = new Receipt(frame.header("receipt"));
		switch (frame.command()) {
			case SEND -> send(connection, frame, receipt, channel);
			case ACK, NACK -> acknowledge(connection, frame, receipt);
			case SUBSCRIBE -> subscribe(connection, named(connection, frame), receipt, channel);
			case UNSUBSCRIBE -> unsubscribe(connection, named(connection, frame), receipt, channel);
			case BEGIN -> connection.transactions().begin(frame.require("transaction"));
			case COMMIT -> commit(connection, frame, receipt, channel);
			case ABORT -> connection.transactions().end(frame.require("transaction"));
			default -> {
				// DISCONNECT: answered below; the session's end is told when the socket
				// is closed.
			}
		}
		receipt.answer(connection, frame.command());
		if (frame.command() == StompCommand.DISCONNECT) {
			connection.outbox().close(CloseReason.NORMAL);
		}
	}

	private void send(StompConnection connection, StompFrame frame, Receipt receipt, MessageChannel channel) {
		this.destinations.requireSendable(frame.require("destination"));
		String transaction = frame.header("transaction");
		if (transaction != null) {
			requireNoToken(frame);
			connection.transactions().add(transaction, frame);
			return;
		}
		if (SessionTokens.REFRESH.equals(frame.header("destination"))) {
			// Verifying a signature is work, as handling a message is, and counts as one.
			connection.visitor().publishes(connection.caller(), 1, List.of());
			this.tokens.refresh(connection, frame);
			return;
		}
		boolean passed = this.inbound.send(connection, frame, receipt, channel);
		if (!passed && receipt.isWanted()) {
			throw ProtocolViolation.rejected(frame);
		}
	}

	private static void requireNoToken(StompFrame frame) {
		if (SessionTokens.REFRESH.equals(frame.header("destination"))) {
			throw new ProtocolViolation(ErrorType.INVALID_HEADER,
					"transaction is '%s': a new token counts at once and cannot wait for a COMMIT."
						.formatted(frame.header("transaction")));
		}
	}

	private void acknowledge(StompConnection connection, StompFrame frame, Receipt receipt) {
		String transaction = frame.header("transaction");
		if (transaction != null) {
			this.acknowledgements.require(connection, frame);
			connection.transactions().add(transaction, frame);
		}
		else {
			receipt.waitFor(this.acknowledgements.handle(connection, frame));
		}
	}

	private void commit(StompConnection connection, StompFrame frame, Receipt receipt, MessageChannel channel) {
		List<StompFrame> frames = connection.transactions().end(frame.require("transaction"));
		receipt.waitFor(this.commits.commit(connection, frames, channel));
	}

	private void subscribe(StompConnection connection, StompFrame frame, Receipt receipt, MessageChannel channel) {
		String destination = frame.require("destination");
		this.destinations.requireSubscribable(destination);
		StompSubscription subscription = new StompSubscription(connection, frame.require("id"), destination,
				AckMode.of(frame.header("ack")), window(frame), this.properties.maxRedeliveries());
		Optional<CursorName> durable = DurableHeaders.read(frame, connection.owner());
		if (durable.isPresent() && !subscription.acknowledges()) {
			throw new ProtocolViolation(ErrorType.INVALID_HEADER,
					"ack is '%s': durable subscriptions need client or client-individual."
						.formatted(frame.header("ack")));
		}
		if (durable.isPresent()) {
			// It is written down like a publication, and counts as one.
			connection.visitor().publishes(connection.caller(), 1, List.of());
			receipt.durable(durable.get());
		}
		connection.subscriptions().add(subscription);
		try {
			subscription.takePlace();
			this.inbound.require(connection, frame, receipt, channel);
		}
		catch (RuntimeException ex) {
			connection.subscriptions().remove(subscription);
			throw ex;
		}
	}

	private void unsubscribe(StompConnection connection, StompFrame frame, Receipt receipt, MessageChannel channel) {
		String id = frame.require("id");
		Optional<CursorName> durable = DurableHeaders.read(frame, connection.owner());
		Optional<StompSubscription> subscription = connection.subscriptions().find(id);
		if (subscription.isEmpty() && durable.isEmpty()) {
			throw new ProtocolViolation(ErrorType.UNKNOWN_SUBSCRIPTION,
					"Subscription id '%s' is not in use on this connection.".formatted(id));
		}
		this.inbound.require(connection, frame, receipt, channel);
		subscription.ifPresent(connection.subscriptions()::remove);
		durable.ifPresent(this.durables::delete);
	}

	/**
	 * Give the subscription an id where STOMP 1.0 lets it have none: its destination,
	 * which stands for it there.
	 */
	private static StompFrame named(StompConnection connection, StompFrame frame) {
		boolean unnamed = frame.header("id") == null && connection.version() == StompVersion.V1_0;
		return unnamed ? frame.with("id", frame.require("destination")) : frame;
	}

	private int window(StompFrame frame) {
		String wanted = frame.header("prefetch-count");
		if (wanted == null) {
			return this.properties.maxUnacknowledged();
		}
		if (!wanted.matches("[1-9][0-9]{0,8}")) {
			throw new ProtocolViolation(ErrorType.INVALID_HEADER,
					"prefetch-count is '%s': it must be a number of messages, 1 or more.".formatted(wanted));
		}
		return Math.min(Integer.parseInt(wanted), this.properties.maxUnacknowledged());
	}

}
