package dev.fanfare.stomp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.TopicName;
import dev.fanfare.websocket.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

class StompEncoderTests {

	static final List<FrameVectors.FromServer> VECTORS = FrameVectors.fromServer();

	@ParameterizedTest
	@FieldSource("VECTORS")
	void eachExampleIsWrittenAsItIsShown(FrameVectors.FromServer vector) {
		// CONNECTED is written as 1.0 writes, without escapes.
		StompVersion version = vector.command().equals("CONNECTED") ? StompVersion.V1_0
				: FrameVectors.version(vector.version());

		Payload written = StompEncoder.frame(version, vector.command(), vector.headers(), vector.payload());

		assertThat(bytes(written)).isEqualTo(vector.content());
		assertThat(isText(written)).isEqualTo(vector.isText());
	}

	@Test
	void aPublicationIsWrittenWithItsPlaceAndTime() {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put(Draft.CONTENT_TYPE, "text/plain");
		headers.put("kind", "a:b");
		Draft draft = new Draft(new TopicName("scores"), headers, "1:0".getBytes(StandardCharsets.UTF_8));
		Publication publication = new Publication(draft, new Position("e", 7), 42);

		Payload written = StompEncoder.message(StompVersion.V1_2, "s", "/topic/scores", publication);

		assertThat(new String(bytes(written), StandardCharsets.UTF_8))
			.isEqualTo("MESSAGE\nsubscription:s\nmessage-id:e\\c7\ndestination:/topic/scores\ntimestamp:42\n"
					+ "content-type:text/plain\nkind:a\\cb\ncontent-length:3\n\n1:0\0");
	}

	@ParameterizedTest
	@EnumSource
	void aPublicationIsWrittenAsItsHeadersAre(StompVersion version) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("subscription", "a:b\\c\n\u00e9 \u4f60");
		headers.put("message-id", "E1:12345678901");
		headers.put("destination", "/topic/caf\u00e9:\ud83c\udfba");
		headers.put("timestamp", "1764150000123");
		byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
		Publication publication = new Publication(new Draft(new TopicName("any"), Map.of(), body),
				new Position("E1", 12345678901L), 1764150000123L);

		Payload written = StompEncoder.message(version, headers.get("subscription"), headers.get("destination"),
				publication);

		assertThat(bytes(written)).isEqualTo(bytes(StompEncoder.frame(version, "MESSAGE", headers, body)));
	}

	@ParameterizedTest
	@EnumSource
	void nothingInAHeaderEndsTheFrameOrBeginsAnother(StompVersion version) {
		Map<String, String> headers = Map.of("a\n\n\0MESSAGE\nb", "c\r\n\r\n\0ERROR\n\n\0");

		byte[] written = bytes(StompEncoder.frame(version, "MESSAGE", headers));

		String text = new String(written, StandardCharsets.UTF_8);
		assertThat(text.indexOf('\0')).isEqualTo(text.length() - 1);
		assertThat(text.lines()).hasSize(4).startsWith("MESSAGE").endsWith("", "\0");
	}

	@Test
	void aHeartBeatIsAnEndOfLine() {
		assertThat(bytes(StompEncoder.HEARTBEAT)).containsExactly('\n');
		assertThat(isText(StompEncoder.HEARTBEAT)).isTrue();
	}

	/** Tell whether the frame of the WebSocket is one of text (RFC 6455, 5.2). */
	private static boolean isText(Payload payload) {
		return payload.bytes().get(payload.bytes().position()) == (byte) 0x81;
	}

	/** Return what is behind the header of the WebSocket's frame. */
	static byte[] bytes(Payload payload) {
		ByteBuffer frame = payload.bytes().slice();
		int header = switch (frame.get(1)) {
			case 126 -> 4;
			case 127 -> 10;
			default -> 2;
		};
		byte[] content = new byte[frame.remaining() - header];
		frame.get(header, content);
		return content;
	}

}
