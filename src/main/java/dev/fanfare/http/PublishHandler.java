package dev.fanfare.http;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

import dev.fanfare.access.Caller;
import dev.fanfare.limits.Visitor;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answer who publishes one body before the servlets would, where all is well and nobody
 * else has anything to decide: <pre>
 *   plain, let in, all of it there  --&gt;  published  --&gt;  201
 *     | no                                 | no
 *     +------------------------------------+--&gt;  filters, {@link PublishFilter}  --&gt;  201, or why not
 * </pre> So whoever is refused is refused by the filters in their order, with what they
 * write, count and measure; what was counted here they do not count again.
 */
final class PublishHandler extends Handler.Wrapper {

	/** Names the attribute of a connection that says who comes by it. */
	private static final String COMER = Comer.class.getName();

	private final ServletContextHandler servlets;

	private final Supplier<ShortWay> way;

	/** Whether it can be gone; not known before the first request. */
	private volatile @Nullable Boolean open;

	private PublishHandler(ServletContextHandler servlets, Supplier<ShortWay> way) {
		super(servlets);
		this.servlets = servlets;
		this.way = way;
	}

	/**
	 * Put one right before the servlets of a server that is yet to start.
	 * @param way asked for once requests come
	 */
	static void install(Server server, Supplier<ShortWay> way) {
		Handler.Singleton last = server;
		while (last.getHandler() instanceof Handler.Singleton next && !(next instanceof ServletContextHandler)) {
			last = next;
		}
		if (last.getHandler() instanceof ServletContextHandler servlets) {
			last.setHandler(new PublishHandler(servlets, way));
		}
	}

	@Override
	public boolean handle(Request request, Response response, Callback callback) throws Exception {
		long begin = System.nanoTime();
		ShortWay way = this.way.get();
		PlainPublication plain = isOpen(way) ? way.publication(request) : null;
		if (plain == null) {
			return super.handle(request, response, callback);
		}
		Visitor visitor = visitor(way, request);
		Caller caller = visitor.isTrusted() ? way.caller(request, plain) : null;
		if (caller == null) {
			return super.handle(request, response, callback);
		}
		Content.Chunk chunk = request.read();
		if (chunk == null || chunk.remaining() != plain.length()) {
			return super.handle(new Unread(request, chunk), response, callback);
		}
		byte[] body = new byte[plain.length()];
		chunk.get(body, 0, body.length);
		chunk.release();
		request.setAttribute(LimitFilter.VISITOR, visitor);
		PublicationReceipt receipt;
		try {
			receipt = way.publish(caller, visitor, plain, body, begin);
		}
		catch (RuntimeException ex) {
			// For PublishFilter to say, behind the other filters.
			request.setAttribute(PublishFilter.FAILURE, ex);
			return super.handle(request, response, callback);
		}
		answer(way, request, response, receipt, callback);
		return true;
	}

	/** Tell whether nobody else has to see a publication. */
	boolean isOpen() {
		return isOpen(this.way.get());
	}

	private boolean isOpen(ShortWay way) {
		Boolean known = this.open;
		if (known == null) {
			known = way.isOpen(this.servlets);
			this.open = known;
		}
		return known;
	}

	/** Return where a request comes from, which mostly is where the one before did. */
	private static Visitor visitor(ShortWay way, Request request) {
		ConnectionMetaData connection = request.getConnectionMetaData();
		SocketAddress address = connection.getRemoteSocketAddress();
		if (connection.getAttribute(COMER) instanceof Comer(SocketAddress known, Visitor visitor)
				&& known.equals(address)) {
			return visitor;
		}
		Visitor visitor = way.visitor(request);
		if (address != null) {
			connection.setAttribute(COMER, new Comer(address, visitor));
		}
		return visitor;
	}

	private static void answer(ShortWay way, Request request, Response response, PublicationReceipt receipt,
			Callback callback) {
		byte[] body = way.written(receipt);
		response.setStatus(HttpStatus.CREATED_201);
		HttpFields.Mutable headers = response.getHeaders();
		headers.add(way.headers(request.isSecure()));
		headers.add(HttpHeader.LOCATION, receipt.location());
		headers.add(HttpHeader.CONTENT_LENGTH, body.length);
		response.write(true, ByteBuffer.wrap(body), callback);
	}

	private record Comer(SocketAddress address, Visitor visitor) {
	}

	/** Be the request as it was before some of its body was read. */
	private static final class Unread extends Request.Wrapper {

		private Content.@Nullable Chunk next;

		private Unread(Request request, Content.@Nullable Chunk next) {
			super(request);
			this.next = next;
		}

		@Override
		public Content.@Nullable Chunk read() {
			Content.Chunk first = this.next;
			this.next = null;
			return (first != null) ? first : super.read();
		}

		@Override
		public void demand(Runnable demandCallback) {
			if (this.next != null) {
				demandCallback.run();
			}
			else {
				super.demand(demandCallback);
			}
		}

	}

}
