import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Post over one kept connection and nothing more, so that measuring costs little. */
final class HttpConnection implements AutoCloseable {

	private final Socket socket;

	private final InputStream in;

	HttpConnection(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setTcpNoDelay(true);
		this.in = new BufferedInputStream(this.socket.getInputStream(), 64 * 1024);
	}

	static byte[] post(String path, String contentType, String body) {
		return "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
			.formatted(path, contentType, body.length(), body)
			.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Send a request until the answer is 201, and return its body. An answer of 503 says that nothing was published
	 * and that it may be tried again.
	 */
	String created(byte[] request) throws IOException {
		Answer answer = answer(request);
		while (answer.status().startsWith("HTTP/1.1 503")) {
			answer = answer(request);
		}
		if (!answer.status().startsWith("HTTP/1.1 201")) {
			throw new IOException(answer.toString());
		}
		return answer.body();
	}

	private Answer answer(byte[] request) throws IOException {
		this.socket.getOutputStream().write(request);
		String status = line();
		int length = -1;
		for (String header = line(); !header.isEmpty(); header = line()) {
			if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
				length = Integer.parseInt(header.substring(15).strip());
			}
		}
		return new Answer(status, (length >= 0) ? text(length) : chunks());
	}

	private String chunks() throws IOException {
		StringBuilder body = new StringBuilder();
		int size = -1;
		while (size != 0) {
			size = Integer.parseInt(line(), 16);
			body.append(text(size));
			line();
		}
		return body.toString();
	}

	private String text(int length) throws IOException {
		return new String(this.in.readNBytes(length), StandardCharsets.UTF_8);
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			if (next < 0) {
				throw new IOException("The server has closed the connection");
			}
			line.append((char) next);
		}
		return line.substring(0, line.length() - 1);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	private record Answer(String status, String body) {
	}

}
