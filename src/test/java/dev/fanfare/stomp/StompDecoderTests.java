package dev.fanfare.stomp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.fanfare.topic.ErrorType;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The decoder takes bytes for what they are, or refuses them. */
class StompDecoderTests {

	private final List<StompFrame> frames = new ArrayList<>();

	private final StompDecoder decoder = new StompDecoder(defaults(), 1000);

	@Test
	void headersAreUtf8() {
		decode("SEND\ndestination:/topic/x\nname:Zoë\n\n\0".getBytes(StandardCharsets.UTF_8));

		assertThat(this.frames.getFirst().headers()).containsEntry("name", "Zoë");
	}

	@Test
	void headersThatAreNotUtf8AreRefusedWhateverTheBodyIs() {
		byte[] frame = "SEND\ndestination:/topic/x\nname:Zoë\n\n\0".getBytes(StandardCharsets.ISO_8859_1);

		assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> decode(frame))
			.withMessageContaining("not UTF-8: 'name:Zo")
			.satisfies((violation) -> assertThat(violation.type()).isEqualTo(ErrorType.INVALID_FRAME));
		assertThat(this.frames).isEmpty();
	}

	private void decode(byte[] bytes) {
		this.decoder.decode(ByteBuffer.wrap(bytes), this.frames::add);
	}

	private static StompProperties defaults() {
		return new Binder(new MapConfigurationPropertySource()).bindOrCreate("fanfare.stomp", StompProperties.class);
	}

}
