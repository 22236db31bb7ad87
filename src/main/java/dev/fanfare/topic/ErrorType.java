package dev.fanfare.topic;

import java.util.Locale;

/**
 * Name each way in which a request can be refused.
 * <p>
 * The words are part of the protocol: an edge adds what its standard wants (a status, a
 * header), and clients may rely on them.
 */
public enum ErrorType {

	/** A request that cannot be read. */
	INVALID_REQUEST,

	/** Nothing is at that path. */
	UNKNOWN_PATH,

	/** Not what can be done with that path. */
	METHOD_NOT_ALLOWED,

	/** Not the name of a topic. */
	INVALID_TOPIC_NAME,

	/** Nothing to publish. */
	EMPTY_BODY,

	/** A body over the limit for publications. */
	PAYLOAD_TOO_LARGE,

	/** A body that takes too long to come. */
	BODY_TOO_SLOW,

	/** A batch that is not JSON. */
	INVALID_JSON,

	/** A batch that is JSON, but not a list of publications. */
	INVALID_BATCH,

	/** Not open to this caller. */
	ACCESS_DENIED,

	/** Not open to pages of that origin. */
	ORIGIN_NOT_ALLOWED,

	/** Not a name of this server. */
	HOST_NOT_ALLOWED,

	/** Nobody in particular, where guests are not let in. */
	NOT_AUTHENTICATED,

	/** A token or key that is not valid. */
	INVALID_CREDENTIALS,

	/** A token that was valid until a while ago. */
	TOKEN_EXPIRED,

	/** A token that was revoked. */
	TOKEN_REVOKED,

	/** As many revocations as are remembered. */
	TOO_MANY_REVOCATIONS,

	/** Nobody can say now whether a token is valid. */
	KEYS_UNAVAILABLE,

	/** A publication that is not kept. */
	NOT_KEPT,

	/** A query parameter that cannot be. */
	INVALID_PARAMETER,

	/** Not a position of a topic. */
	INVALID_POSITION,

	/** What a subscriber wants to go on after is no longer kept, or never was. */
	POSITION_LOST,

	/** Not an idempotency key. */
	INVALID_IDEMPOTENCY_KEY,

	/** An idempotency key that another body was published with. */
	IDEMPOTENCY_CONFLICT,

	/** As many idempotency keys as are remembered. */
	TOO_MANY_IDEMPOTENCY_KEYS,

	/** Not the name of a durable subscription. */
	INVALID_DURABLE_NAME,

	/** A durable subscription of that name is to another topic. */
	DURABLE_OF_ANOTHER_TOPIC,

	/** A durable subscription goes on elsewhere, or was deleted. */
	DURABLE_TAKEN_OVER,

	/** There is no durable subscription of that name. */
	UNKNOWN_DURABLE,

	/** As many durable subscriptions as may be. */
	TOO_MANY_DURABLES,

	/** The disk is full or fails. */
	STORAGE_FAILED,

	/** Nobody of that name is connected. */
	UNKNOWN_SESSION,

	/** More is published than can be delivered. */
	OVERLOADED,

	/** As many connections, at once or in a time, as a user or an address may have. */
	TOO_MANY_CONNECTIONS,

	/** As many connections as the node may have. */
	NODE_FULL,

	/** More requests in a time than are allowed. */
	TOO_MANY_REQUESTS,

	/** More publications in a time than are allowed. */
	TOO_MANY_PUBLICATIONS,

	/** More bytes in a time than are allowed. */
	TOO_MANY_BYTES,

	/** The server is about to stop. */
	SHUTTING_DOWN,

	/** As many topics as there may be. */
	TOO_MANY_TOPICS,

	/** Bytes that are not a STOMP frame. */
	INVALID_FRAME,

	/** A STOMP header, or its value, that cannot be. */
	INVALID_HEADER,

	/** A STOMP header that must be there and is not. */
	MISSING_HEADER,

	/** A STOMP command that no client may send. */
	UNKNOWN_COMMAND,

	/** A header line over its limit. */
	HEADER_TOO_LONG,

	/** A frame with more headers than it may have. */
	TOO_MANY_HEADERS,

	/** A WebSocket message with more frames than it may bring. */
	TOO_MANY_FRAMES,

	/** A frame before CONNECT. */
	NOT_CONNECTED,

	/** A second CONNECT. */
	ALREADY_CONNECTED,

	/** No version of STOMP in common. */
	UNSUPPORTED_VERSION,

	/** Nothing is at that destination. */
	UNKNOWN_DESTINATION,

	/** A subscription id that is in use on the connection. */
	DUPLICATE_SUBSCRIPTION,

	/** A subscription id that is not in use on the connection. */
	UNKNOWN_SUBSCRIPTION,

	/** As many subscriptions as a connection, a user or an address may have. */
	TOO_MANY_SUBSCRIPTIONS,

	/** An ACK or NACK of what does not wait for one. */
	UNKNOWN_MESSAGE,

	/** A transaction that was begun and not ended. */
	DUPLICATE_TRANSACTION,

	/** A transaction that was not begun. */
	UNKNOWN_TRANSACTION,

	/** As many open transactions as a connection may have. */
	TOO_MANY_TRANSACTIONS,

	/** A transaction with more frames or bytes than it may have. */
	TRANSACTION_TOO_LARGE,

	/** An interceptor of the application said no. */
	REJECTED,

	/** A body that the application cannot read or does not accept. */
	INVALID_PAYLOAD,

	/** A controller of the application failed. */
	APPLICATION_ERROR,

	/** The server failed. */
	INTERNAL_ERROR;

	/** Return the word that goes over the wire, in kebab case. */
	public String word() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
