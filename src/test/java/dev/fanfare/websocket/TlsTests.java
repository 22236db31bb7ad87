package dev.fanfare.websocket;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** WebSockets are as good where the server itself speaks TLS. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "fanfare.websocket.request-timeout=1s")
@DirtiesContext
class TlsTests {

	private static final String PASSWORD = "changeit";

	@TempDir
	private static Path folder;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void certificate(DynamicPropertyRegistry properties) throws Exception {
		Path store = folder.resolve("server.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
				"SAN=dns:localhost", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD)
			.redirectErrorStream(true)
			.start();
		assertThat(keytool.waitFor()).as(() -> text(keytool)).isZero();
		properties.add("server.ssl.key-store", store::toString);
		properties.add("server.ssl.key-store-password", () -> PASSWORD);
	}

	@Test
	void aWebSocketStaysAndIsSentWhatIsPublished() throws Exception {
		Received received = new Received();
		try (HttpClient http = HttpClient.newBuilder().sslContext(trusting()).build();
				Socket silent = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			WebSocket client = http.newWebSocketBuilder()
				.subprotocols("v12.stomp")
				.buildAsync(URI.create("wss://localhost:%d/ws".formatted(this.port)), received)
				.orTimeout(10, TimeUnit.SECONDS)
				.join();
			send(client, "CONNECT\naccept-version:1.2\nhost:localhost\n\n\0");
			assertThat(received.next()).startsWith("CONNECTED");
			send(client, "SUBSCRIBE\nid:1\ndestination:/topic/tls\nreceipt:in\n\n\0");
			assertThat(received.next()).startsWith("RECEIPT");
			silentIsCutOff(silent);

			// More than fits in what TLS encrypts together, and than the socket takes.
			for (int message = 0; message < 20; message++) {
				send(client, "SEND\ndestination:/topic/tls\n\n%d %s\0".formatted(message, "x".repeat(60_000)));
			}

			for (int message = 0; message < 20; message++) {
				assertThat(received.next()).startsWith("MESSAGE")
					.contains("\n\n%d xxx".formatted(message))
					.endsWith("x\0");
			}
			client.abort();
		}
	}

	/** Wait until the connection is cut off that asks for nothing. */
	private static void silentIsCutOff(Socket silent) throws Exception {
		silent.setSoTimeout(20_000);
		assertThat(silent.getInputStream().read()).isNegative();
	}

	private static void send(WebSocket client, String frame) {
		client.sendText(frame, true).orTimeout(10, TimeUnit.SECONDS).join();
	}

	private static SSLContext trusting() throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream bytes = Files.newInputStream(folder.resolve("server.p12"))) {
			store.load(bytes, PASSWORD.toCharArray());
		}
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("server", store.getCertificate("server"));
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}

	private static String text(Process process) {
		return String.join("\n", process.inputReader().lines().toList());
	}

	/** Keep the messages that came, each once it is complete. */
	private static final class Received implements WebSocket.Listener {

		private final StringBuilder part = new StringBuilder();

		private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

		@Override
		public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.part.append(data);
			if (last) {
				this.messages.add(this.part.toString());
				this.part.setLength(0);
			}
			webSocket.request(1);
			return null;
		}

		private String next() throws InterruptedException {
			String next = this.messages.poll(20, TimeUnit.SECONDS);
			assertThat(next).as("a message of the server").isNotNull();
			return next.stripLeading();
		}

	}

}
