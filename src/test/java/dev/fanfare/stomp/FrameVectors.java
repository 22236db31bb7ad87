package dev.fanfare.stomp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Read the examples of frames in {@code src/test/resources/frames}. */
final class FrameVectors {

	private FrameVectors() {
	}

	static List<FromClient> fromClient() {
		return Arrays.asList(read("from-client.json", FromClient[].class));
	}

	static List<FromServer> fromServer() {
		return Arrays.asList(read("from-server.json", FromServer[].class));
	}

	static StompVersion version(String number) {
		return StompVersion.negotiate(number).orElseThrow();
	}

	private static <T> T read(String file, Class<T> type) {
		try (InputStream json = FrameVectors.class.getResourceAsStream("/frames/" + file)) {
			return JsonMapper.shared().readValue(Objects.requireNonNull(json, file).readAllBytes(), type);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] bytes(@Nullable String text, @Nullable String base64) {
		if (base64 != null) {
			return Base64.getDecoder().decode(base64);
		}
		return (text != null) ? text.getBytes(StandardCharsets.UTF_8) : new byte[0];
	}

	/** Show what a client writes and how it is read. */
	record FromClient(String name, String version, @Nullable String bytes, @Nullable String bytesBase64,
			List<Example> frames, @Nullable String error) {

		byte[] content() {
			return FrameVectors.bytes(this.bytes, this.bytesBase64);
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	/** Show a frame as it is meant. */
	record Example(String command, Map<String, String> headers, @Nullable String body, @Nullable String bodyBase64) {

		byte[] content() {
			return FrameVectors.bytes(this.body, this.bodyBase64);
		}

	}

	/** Show what the server means and how it writes that. */
	record FromServer(String name, String version, String command, Map<String, String> headers, @Nullable String body,
			@Nullable String bodyBase64, @Nullable String bytes, @Nullable String bytesBase64) {

		byte[] payload() {
			return FrameVectors.bytes(this.body, this.bodyBase64);
		}

		byte[] content() {
			return FrameVectors.bytes(this.bytes, this.bytesBase64);
		}

		boolean isText() {
			return this.bytesBase64 == null;
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
