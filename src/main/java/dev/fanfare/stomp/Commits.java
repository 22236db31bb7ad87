package dev.fanfare.stomp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.fanfare.broker.Broker;
import dev.fanfare.topic.Draft;

import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.stereotype.Component;

/**
 * Commit transactions.
 * <p>
 * First everything is checked; then all publications are accepted in one step, so that no
 * subscriber of any topic sees a part; then the acknowledgements are done; then messages
 * for the application's controllers are handed over, in the order sent. Whatever is
 * refused before the publications are accepted leaves nothing behind.
 */
@Component
class Commits {

	private final Broker broker;

	private final Acknowledgements acknowledgements;

	private final InboundChannel inbound;

	Commits(Broker broker, Acknowledgements acknowledgements, InboundChannel inbound) {
		this.broker = broker;
		this.acknowledgements = acknowledgements;
		this.inbound = inbound;
	}

	/**
	 * Do what the frames ask for, together.
	 * @return completes when durable subscriptions have moved on for good
	 * @throws dev.fanfare.topic.Refusal if one is refused
	 */
	CompletableFuture<Void> commit(StompConnection connection, List<StompFrame> frames, MessageChannel channel) {
		List<StompFrame> publishing = new ArrayList<>();
		List<StompFrame> acknowledging = new ArrayList<>();
		List<StompFrame> others = new ArrayList<>();
		for (StompFrame frame : frames) {
			boolean send = frame.command() == StompCommand.SEND;
			boolean publish = send && Destinations.topic(frame.require("destination")).isPresent();
			(publish ? publishing : send ? others : acknowledging).add(frame);
		}
		this.acknowledgements.require(connection, acknowledging);
		List<Draft> drafts = drafts(connection, publishing, channel);
		if (!others.isEmpty()) {
			// Now, since it is too late to refuse them when publications are accepted.
			connection.visitor().publishes(connection.caller(), others.size(), List.of());
		}
		if (!drafts.isEmpty()) {
			this.broker.publish(connection.caller(), connection.visitor(), drafts, Broker.AS_LONG_AS_IT_TAKES);
		}
		CompletableFuture<?>[] acknowledged = acknowledging.stream()
			.map((frame) -> this.acknowledgements.handle(connection, frame))
			.toArray(CompletableFuture[]::new);
		others.forEach((frame) -> handOver(connection, frame, channel));
		return CompletableFuture.allOf(acknowledged);
	}

	/** Send the frames through the interceptors and collect what they would publish. */
	private List<Draft> drafts(StompConnection connection, List<StompFrame> frames, MessageChannel channel) {
		List<Draft> drafts = new ArrayList<>();
		for (StompFrame frame : frames) {
			this.inbound.require(connection, frame, Receipt.collecting(drafts), channel);
		}
		return drafts;
	}

	private void handOver(StompConnection connection, StompFrame frame, MessageChannel channel) {
		Receipt receipt = new Receipt(null);
		this.inbound.handOver(connection, frame, receipt, channel);
		receipt.requireDone();
	}

}
