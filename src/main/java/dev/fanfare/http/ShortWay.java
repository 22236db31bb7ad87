package dev.fanfare.http;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.fanfare.access.Caller;
import dev.fanfare.access.Entrance;
import dev.fanfare.access.NotAdmitted;
import dev.fanfare.broker.BrokerProperties;
import dev.fanfare.limits.Limits;
import dev.fanfare.limits.Visitor;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Ask and tell the rest of the server what {@link PublishHandler} has to. */
@Component
class ShortWay {

	/** Headers, in lower case, with which a request wants more than an answer. */
	private static final Set<String> SPECIAL = Set.of("expect", "transfer-encoding", "upgrade");

	private final Entrance entrance;

	private final Limits limits;

	private final Publishing publishing;

	private final Onlookers onlookers;

	private final ObjectWriter receipts;

	private final Set<String> marks;

	private final int longest;

	private final HttpFields headers;

	private final HttpFields secureHeaders;

	ShortWay(Entrance entrance, Limits limits, Publishing publishing, Onlookers onlookers, BrokerProperties broker,
			ServerProperties server, JsonMapper mapper) {
		this.entrance = entrance;
		this.limits = limits;
		this.publishing = publishing;
		this.onlookers = onlookers;
		this.receipts = mapper.writerFor(PublicationReceipt.class);
		this.marks = new HashSet<>(SPECIAL);
		this.marks.addAll(entrance.marks());
		if (!HttpServerConfiguration.believesProxies(server)) {
			// LimitFilter warns of it.
			this.marks.add("x-forwarded-for");
		}
		this.longest = (int) Math.min(RequestBodies.SMALL, broker.maxPayload().toBytes());
		this.headers = encoded(entrance.headers(false));
		this.secureHeaders = encoded(entrance.headers(true));
	}

	private static HttpFields encoded(Map<String, String> headers) {
		HttpFields.Mutable encoded = HttpFields.build();
		headers.forEach((name, value) -> encoded.add(new PreEncodedHttpField(name, value)));
		HttpField json = new PreEncodedHttpField(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
		return encoded.add(json).asImmutable();
	}

	/** Tell whether nobody else decides about publications or wants to see them. */
	boolean isOpen(ServletContextHandler servlets) {
		return this.entrance.isOpen() && this.onlookers.areNone(servlets);
	}

	/** Read what a request wants published, if it is one of those. */
	@Nullable PlainPublication publication(Request request) {
		return PlainPublication.of(request, this.longest, this.marks);
	}

	/** Return where a request comes from. */
	Visitor visitor(Request request) {
		return this.limits.visitor(Request.getRemoteAddr(request));
	}

	/** Return who sends a request, if they are let in. */
	@Nullable Caller caller(Request request, PlainPublication plain) {
		try {
			return this.entrance.allowsHost(Request.getServerName(request))
					? this.entrance.caller(plain.authorization()) : null;
		}
		catch (NotAdmitted ex) {
			return null;
		}
	}

	/**
	 * Publish it.
	 * @param begin when the request came, by {@link System#nanoTime()}
	 * @throws dev.fanfare.topic.Refusal if it is not published
	 */
	PublicationReceipt publish(Caller caller, Visitor visitor, PlainPublication plain, byte[] body, long begin) {
		visitor.requests(caller);
		PublicationReceipt receipt = this.publishing.publish(caller, visitor, plain, body);
		this.onlookers.published(begin);
		return receipt;
	}

	/** Write what is answered. */
	byte[] written(PublicationReceipt receipt) {
		return this.receipts.writeValueAsBytes(receipt);
	}

	/** Return the headers that are always the same. */
	HttpFields headers(boolean secure) {
		return secure ? this.secureHeaders : this.headers;
	}

}
