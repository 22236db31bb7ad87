package dev.fanfare.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Set;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;

/**
 * Believe {@code X-Forwarded-For}, {@code -Proto}, {@code -Host} and {@code -Port} alone,
 * which proxies set.
 * <p>
 * What most of them pass on as a client wrote it would count more, {@code Forwarded} (RFC
 * 7239) first of all, so it is taken away. And nobody who comes by a proxy is this
 * machine, which has no limits: who is said to be, is unknown.
 */
final class ForwardedHeaders implements HttpConfiguration.Customizer {

	private static final Set<String> NOT_BELIEVED = Set.of("forwarded", "x-forwarded-server", "x-proxied-https",
			"x-forwarded-ssl", "proxy-auth-cert", "proxy-ssl-id");

	private static final String UNKNOWN = "unknown";

	@Override
	public Request customize(Request request, HttpFields.Mutable responseHeaders) {
		HttpFields sent = request.getHeaders();
		if (sent.stream().noneMatch((field) -> isNotBelieved(field) || isOfThisMachine(field))) {
			return request;
		}
		HttpFields.Mutable believed = HttpFields.build();
		for (HttpField field : sent) {
			if (isOfThisMachine(field)) {
				believed.add(new HttpField(HttpHeader.X_FORWARDED_FOR, UNKNOWN));
			}
			else if (!isNotBelieved(field)) {
				believed.add(field);
			}
		}
		HttpFields headers = believed.asImmutable();
		return new Request.Wrapper(request) {

			@Override
			public HttpFields getHeaders() {
				return headers;
			}

		};
	}

	private static boolean isNotBelieved(HttpField field) {
		return NOT_BELIEVED.contains(field.getLowerCaseName());
	}

	private static boolean isOfThisMachine(HttpField field) {
		return field.getHeader() == HttpHeader.X_FORWARDED_FOR && field.getValue() != null
				&& Arrays.stream(field.getValue().split(","))
					.map((each) -> each.replace("\"", "").strip())
					.filter((each) -> !each.isEmpty())
					.limit(1)
					.anyMatch(ForwardedHeaders::isLoopback);
	}

	private static boolean isLoopback(String client) {
		try {
			String host = new HostPort(client).getHost();
			return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
		}
		catch (IllegalArgumentException ex) {
			// A name, or nothing that is an address.
			return false;
		}
	}

}
