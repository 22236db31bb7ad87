package dev.fanfare.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Wire;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Broadcasts are compressed for those who offer it, and for nobody else. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "fanfare.websocket.compression=true")
class CompressionTests {

	private static final String OFFER = "permessage-deflate; client_max_window_bits";

	private static final String BODY = "{\"score\":\"1:0\"}".repeat(100);

	@LocalServerPort
	private int port;

	private Swarm swarm;

	@BeforeEach
	void open() {
		this.swarm = new Swarm(this.port);
	}

	@AfterEach
	void close() {
		this.swarm.close();
	}

	@Test
	void aBroadcastIsShorterForThoseWhoOfferIt() throws Exception {
		Client compressed = new Client(this.swarm, OFFER);
		Client another = new Client(this.swarm, OFFER);
		Client plain = new Client(this.swarm, null);
		assertThat(compressed.wire.handshake().join().head()).contains("permessage-deflate;",
				"server_no_context_takeover", "client_no_context_takeover");
		assertThat(plain.wire.handshake().join().head()).doesNotContainIgnoringCase("extensions");

		compressed.subscribe();
		another.subscribe();
		plain.subscribe();
		plain.send(BODY);
		plain.send("short");

		for (Client client : new Client[] { compressed, another }) {
			byte[] message = client.next();
			assertThat(message).hasSizeLessThan(400);
			assertThat(inflated(message)).endsWith("\n\n" + BODY + "\0");
			assertThat(text(client.next())).endsWith("\n\nshort\0");
		}
		assertThat(text(plain.next())).endsWith("\n\n" + BODY + "\0");
	}

	@Test
	void whatTheClientCompressesIsRead() throws Exception {
		Client client = new Client(this.swarm, OFFER);
		client.subscribe();

		client.wire.sendFlagged(0xc1, deflated("SEND\ndestination:/topic/news\n\n" + BODY + "\0"));

		assertThat(inflated(client.next())).endsWith("\n\n" + BODY + "\0");
	}

	@Test
	void aCompressedBombIsRefusedAndOthersGoOn() throws Exception {
		Client bomber = new Client(this.swarm, OFFER);
		Client other = new Client(this.swarm, OFFER);
		other.subscribe();

		bomber.wire.sendFlagged(0xc1, deflated("a".repeat(64 * 1024 * 1024)));

		assertThat(bomber.wire.closed().get(30, TimeUnit.SECONDS).code()).isEqualTo(1009);
		other.send("still here");
		assertThat(text(other.next())).endsWith("\n\nstill here\0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "permessage-deflate; server_max_window_bits=10", "x-webkit-deflate-frame" })
	void whatCannotBeAgreedToIsLeftOut(String offer) throws Exception {
		Client client = new Client(this.swarm, offer);
		client.subscribe();

		client.send(BODY);

		assertThat(client.wire.handshake().join().head()).doesNotContainIgnoringCase("extensions");
		assertThat(text(client.next())).endsWith("\n\n" + BODY + "\0");
	}

	@Test
	void whatDoesNotGetShorterIsSentAsItIs() {
		byte[] noise = new byte[1000];
		new Random(1).nextBytes(noise);
		Payload payload = Payload.of(noise, false);

		assertThat(payload.deflated()).isSameAs(payload);
	}

	@ParameterizedTest
	@ValueSource(ints = { 256, 257, 65_535, 65_536, 200_000 })
	void anyLengthIsReadAgain(int length) throws Exception {
		String text = new Random(length).ints(length, 'a', 'f')
			.mapToObj(Character::toString)
			.collect(Collectors.joining());

		ByteBuffer frame = Payload.of(text).deflated().bytes().slice();

		assertThat(frame.get(0)).isEqualTo((byte) 0xc1);
		int header = (frame.get(1) == 126) ? 4 : (frame.get(1) == 127) ? 10 : 2;
		byte[] message = new byte[frame.remaining() - header];
		frame.get(header, message);
		assertThat(inflated(message)).isEqualTo(text);
	}

	private static String text(byte[] message) {
		return new String(message, StandardCharsets.UTF_8);
	}

	private static String inflated(byte[] message) throws DataFormatException {
		Inflater inflater = new Inflater(true);
		byte[] whole = Arrays.copyOf(message, message.length + 4);
		whole[message.length + 2] = (byte) 0xff;
		whole[message.length + 3] = (byte) 0xff;
		inflater.setInput(whole);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		byte[] chunk = new byte[8192];
		for (int count = inflater.inflate(chunk); count > 0; count = inflater.inflate(chunk)) {
			out.write(chunk, 0, count);
		}
		inflater.end();
		return out.toString(StandardCharsets.UTF_8);
	}

	private static byte[] deflated(String message) {
		Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
		byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
		deflater.setInput(bytes);
		byte[] out = new byte[bytes.length + 64];
		int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
		deflater.end();
		return Arrays.copyOf(out, length - 4);
	}

	/** Speak STOMP, and keep the messages as they come over the wire. */
	private static final class Client {

		private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();

		private final Wire wire;

		private Client(Swarm swarm, @Nullable String extensions) throws InterruptedException {
			this.wire = swarm.open("/ws",
					(extensions != null) ? Map.of("Sec-WebSocket-Extensions", extensions) : Map.of(),
					(same, text, payload) -> {
						byte[] message = new byte[payload.remaining()];
						payload.get(message);
						this.messages.add(message);
					});
			this.wire.handshake().join();
			this.wire.send("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0".getBytes(StandardCharsets.UTF_8));
			assertThat(text(next())).startsWith("CONNECTED");
		}

		private void subscribe() throws InterruptedException {
			this.wire
				.send("SUBSCRIBE\nid:s\ndestination:/topic/news\nreceipt:r\n\n\0".getBytes(StandardCharsets.UTF_8));
			assertThat(text(next())).startsWith("RECEIPT");
		}

		private void send(String body) {
			this.wire.send(("SEND\ndestination:/topic/news\n\n" + body + "\0").getBytes(StandardCharsets.UTF_8));
		}

		private byte[] next() throws InterruptedException {
			byte[] message = this.messages.poll(30, TimeUnit.SECONDS);
			assertThat(message).isNotNull();
			return message;
		}

	}

}
