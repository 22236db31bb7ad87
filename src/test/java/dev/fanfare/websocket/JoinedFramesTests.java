package dev.fanfare.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages that are laid out together are the same bytes on the wire as when Jetty frames
 * each.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class JoinedFramesTests {

	private static final byte[] END = "the end of it all".getBytes(StandardCharsets.UTF_8);

	@LocalServerPort
	private int port;

	static Stream<List<Integer>> lengths() {
		Random random = new Random(1);
		return Stream.of(List.of(0), List.of(0, 0), List.of(1, 125, 126, 127), List.of(126, 0, 125),
				List.of(16 * 1024, 16 * 1024), List.of(16 * 1024 + 1, 1, 16 * 1024), List.of(1, 65_535, 65_536, 2),
				List.of(300_000, 5, 5), Stream.generate(() -> 200).limit(2000).toList(),
				random.ints(200, 0, 40_000).boxed().toList(), random.ints(300, 0, 300).boxed().toList());
	}

	@ParameterizedTest
	@MethodSource("lengths")
	void theBytesAreThoseOfFramesSentOneByOne(List<Integer> lengths) throws IOException {
		String query = lengths.stream().map(String::valueOf).collect(Collectors.joining(","));

		byte[] joined = read("/joined?" + query);

		assertThat(joined).isEqualTo(read("/single?" + query));
	}

	@Test
	void shortMessagesAreOnePayloadAndNoneIsLost() {
		List<Payload> payloads = payloads(IntStream.range(0, 1000).boxed().toList());

		List<Payload> joined = Payload.joined(payloads);

		assertThat(joined).hasSize(2)
			.allSatisfy((payload) -> assertThat(payload.size()).isLessThanOrEqualTo(256 * 1024));
		assertThat(joined).extracting(Payload::messages)
			.satisfies((counts) -> assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1000));
		assertThat(Payload.joined(joined).getFirst().length()).isZero();
	}

	/** Return all that comes after the answer to the handshake, up to the end. */
	private byte[] read(String path) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(30_000);
			socket.getOutputStream().write("""
					GET %s HTTP/1.1\r
					Host: localhost\r
					Connection: Upgrade\r
					Upgrade: websocket\r
					Sec-WebSocket-Version: 13\r
					Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
					\r
					""".formatted(path).getBytes(StandardCharsets.US_ASCII));
			byte[] answer = readTo(socket.getInputStream(), "\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(answer, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 101");
			return readTo(socket.getInputStream(), END);
		}
	}

	private static byte[] readTo(InputStream in, byte[] end) throws IOException {
		ByteArrayOutputStream read = new ByteArrayOutputStream();
		byte[] last = new byte[end.length];
		while (!Arrays.equals(last, end)) {
			int next = in.read();
			assertThat(next).as("the next of the bytes, after %d", read.size()).isNotNegative();
			read.write(next);
			System.arraycopy(last, 1, last, 0, last.length - 1);
			last[last.length - 1] = (byte) next;
		}
		return read.toByteArray();
	}

	private static List<Payload> payloads(List<Integer> lengths) {
		Random random = new Random(2);
		return lengths.stream().map((length) -> payload(length, random)).toList();
	}

	/** Make a message of letters, or of any bytes. */
	private static Payload payload(int length, Random random) {
		byte[] bytes = new byte[length];
		random.nextBytes(bytes);
		boolean text = random.nextBoolean();
		for (int at = 0; text && at < length; at++) {
			bytes[at] = (byte) ('a' + (bytes[at] & 0xf));
		}
		return new Payload(ByteBuffer.wrap(bytes), text);
	}

	@TestConfiguration
	static class Lines {

		@Bean
		HandlerMapping linesMapping(WebSocketEndpoints endpoints) {
			return endpoints.map(new Sender(), List.of(), "/joined", "/single");
		}

	}

	/** Send what the request asks for as soon as the connection is open. */
	static class Sender extends AbstractWebSocketHandler {

		@Override
		public void afterConnectionEstablished(WebSocketSession session) {
			WebSocketLine line = new WebSocketLine(Connections.coreSession(session));
			List<Payload> payloads = payloads(
					Stream.of(session.getUri().getQuery().split(",")).map(Integer::valueOf).toList());
			if (session.getUri().getPath().equals("/joined")) {
				line.send(payloads, Callback.NOOP);
			}
			else {
				payloads.forEach((payload) -> line.send(List.of(payload), Callback.NOOP));
			}
			line.send(List.of(Payload.of(END)), Callback.NOOP);
		}

	}

}
