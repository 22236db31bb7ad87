package dev.fanfare.http;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.fanfare.access.AccessRules;
import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.BrokerProperties;
import dev.fanfare.broker.Stored;
import dev.fanfare.limits.Visitor;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.IdempotencyKey;
import dev.fanfare.topic.TopicName;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Publish what requests bring. */
@Component
class Publishing {

	private final Broker broker;

	private final BrokerProperties brokerProperties;

	private final AccessRules access;

	private final HttpProperties properties;

	private final Batch batch;

	Publishing(Broker broker, BrokerProperties brokerProperties, AccessRules access, HttpProperties properties,
			Batch batch) {
		this.broker = broker;
		this.brokerProperties = brokerProperties;
		this.access = access;
		this.properties = properties;
		this.batch = batch;
	}

	/**
	 * Publish the body, which is not read of somebody who may not.
	 * @throws dev.fanfare.topic.Refusal if it is not published
	 */
	PublicationReceipt publish(TopicName topic, HttpServletRequest request) throws IOException {
		this.access.requirePublish(caller(request), topic);
		byte[] body = RequestBodies.read(request, this.brokerProperties.maxPayload(), "fanfare.broker.max-payload",
				this.properties.bodyTimeout());
		Draft draft = new Draft(topic, headers(request.getContentType()), body, key(request));
		return publish(caller(request), LimitFilter.visitor(request), List.of(draft)).getFirst();
	}

	/**
	 * Publish a body that is there already.
	 * @throws dev.fanfare.topic.Refusal if it is not published
	 */
	PublicationReceipt publish(Caller caller, Visitor visitor, PlainPublication plain, byte[] body) {
		this.access.requirePublish(caller, plain.topic());
		Draft draft = new Draft(plain.topic(), headers(plain.contentType()), body, plain.idempotencyKey());
		return publish(caller, visitor, List.of(draft)).getFirst();
	}

	/**
	 * Publish all of the list in the body, which is not read of somebody who may publish
	 * nothing.
	 * @throws dev.fanfare.topic.Refusal if none of it is published
	 */
	List<PublicationReceipt> publishList(HttpServletRequest request) throws IOException {
		this.access.requirePublishSomething(caller(request));
		byte[] json = RequestBodies.read(request, this.properties.maxBatchBytes(), "fanfare.http.max-batch-bytes",
				this.properties.bodyTimeout());
		return publish(caller(request), LimitFilter.visitor(request), this.batch.read(json));
	}

	private List<PublicationReceipt> publish(Caller caller, Visitor visitor, List<Draft> drafts) {
		visitor.receives(caller, drafts.stream().mapToLong(Draft::size).sum());
		List<Stored> stored = this.broker.publish(caller, visitor, drafts, this.properties.patience());
		return IntStream.range(0, drafts.size())
			.mapToObj((index) -> receipt(drafts.get(index), stored.get(index)))
			.toList();
	}

	private PublicationReceipt receipt(Draft draft, Stored stored) {
		Boolean duplicate = (draft.idempotencyKey() != null) ? stored.duplicate() : null;
		return new PublicationReceipt(draft.topic().value(), stored.position().toString(),
				this.broker.subscribers(draft.topic()), duplicate);
	}

	private static Caller caller(HttpServletRequest request) {
		return Caller.of(request.getUserPrincipal());
	}

	private static @Nullable IdempotencyKey key(HttpServletRequest request) {
		List<String> keys = Collections.list(request.getHeaders(IdempotencyKey.HEADER));
		if (keys.size() > 1) {
			throw new InvalidRequest(ErrorType.INVALID_IDEMPOTENCY_KEY,
					"The request has the idempotency keys '%s'; it must have one."
						.formatted(String.join("', '", keys)));
		}
		return keys.isEmpty() ? null : new IdempotencyKey(keys.getFirst());
	}

	private static Map<String, String> headers(@Nullable String contentType) {
		return (contentType != null) ? Map.of(Draft.CONTENT_TYPE, contentType) : Map.of();
	}

}
