package load;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Describe a server to measure: a folder with a script that starts it and what it speaks.
 *
 * @param name its folder
 * @param speaks the protocol of its subscribers
 * @param path where they connect, with {@code {topic}} where it is part of it
 * @param publishPath where those connect who only publish, with {@code {topic}} where it is part of it
 * @param httpPath where a POST publishes, with {@code {topic}}; empty if nowhere
 * @param publishesOverHttp whether those who only publish do so over HTTP whatever the scenario, many requests at a time
 * @param login who connects; empty for nobody
 * @param receipts whether it says when a subscription is there
 */
record Peer(String name, String speaks, String path, String publishPath, String httpPath, boolean publishesOverHttp,
		String login, boolean receipts) {

	static final Path FOLDER = Path.of("bench", "peers");

	static Peer named(String name) {
		Path file = FOLDER.resolve(name).resolve("peer.properties");
		Properties properties = new Properties();
		try (Reader reader = Files.newBufferedReader(file)) {
			properties.load(reader);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("There is no peer '%s': no %s".formatted(name, file), ex);
		}
		return new Peer(name, properties.getProperty("speaks"), properties.getProperty("path", ""),
				properties.getProperty("publish-path", ""), properties.getProperty("http", ""),
				properties.getProperty("publishes", "").equals("http"), properties.getProperty("login", ""),
				Boolean.parseBoolean(properties.getProperty("receipts", "true")));
	}

	Path start() {
		return FOLDER.resolve(this.name).resolve("start");
	}

	boolean hasHttp() {
		return !this.httpPath.isEmpty();
	}

	/** Return what those speak who publish over HTTP. */
	Protocol http() {
		return new Http(this.httpPath);
	}

	/** Return what those speak who only publish. */
	Protocol publishing() {
		return this.publishesOverHttp ? http() : protocol();
	}

	Protocol protocol() {
		return switch (this.speaks) {
			case "stomp" -> new Stomp(this.path, this.login, this.receipts);
			case "websocket" -> new Raw(this.path, this.publishPath);
			case "socket.io" -> new SocketIo();
			case "mqtt" -> new Mqtt();
			case "nats" -> new Nats();
			default -> throw new IllegalArgumentException(
					"%s speaks '%s', which is not known".formatted(this.name, this.speaks));
		};
	}

}
