package dev.fanfare.stomp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.fanfare.topic.ErrorType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StompDecoderTests {

	static final List<FrameVectors.FromClient> VECTORS = FrameVectors.fromClient();

	@ParameterizedTest
	@FieldSource("VECTORS")
	void eachExampleIsReadAsItIsMeant(FrameVectors.FromClient vector) {
		Decoding read = Decoding.of(FrameVectors.version(vector.version()), List.of(vector.content()));

		assertThat(read.frames()).isEqualTo(vector.frames().stream().map(Decoding::text).toList());
		assertThat(read.error()).isEqualTo(vector.error());
	}

	@ParameterizedTest
	@FieldSource("VECTORS")
	void eachExampleIsReadTheSameByteByByte(FrameVectors.FromClient vector) {
		StompVersion version = FrameVectors.version(vector.version());

		Decoding read = Decoding.of(version, Decoding.cut(vector.content(), 1));

		assertThat(read).isEqualTo(Decoding.of(version, List.of(vector.content())));
	}

	@ParameterizedTest
	@CsvSource({ "max-headers, too-many-headers, a:1!b:2!c:3", "max-header-line, header-too-long, a:bcd!ef:gh",
			"max-header-line, header-too-long, a:bcd" })
	void aFrameAtItsLimitIsReadAndOneOverItIsNot(String limit, String error, String headers) {
		byte[] bytes = ("SEND\n" + headers.replace('!', '\n') + "\n\n\0").getBytes(StandardCharsets.UTF_8);
		int most = limit.equals("max-headers") ? 3 : 5;

		Decoding within = read(Map.of(limit, most), bytes);
		Decoding over = read(Map.of(limit, most - 1), bytes);

		assertThat(within.error()).isNull();
		assertThat(within.frames()).hasSize(1);
		assertThat(over).isEqualTo(new Decoding(List.of(), error));
	}

	@Test
	void aMessageMayBringAsManyFramesAsItMay() {
		byte[] frame = "SEND\n\n\0".getBytes(StandardCharsets.UTF_8);
		byte[] three = "SEND\n\n\0".repeat(3).getBytes(StandardCharsets.UTF_8);
		Map<String, Object> two = Map.of("max-frames-per-message", 2);

		assertThat(read(two, three).frames()).hasSize(2);
		assertThat(read(two, three).error()).isEqualTo("too-many-frames");
		assertThat(read(two, frame, frame, frame).error()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "content-length:5\n", "content-length:6\n" })
	void aBodyAtItsLimitIsReadAndOneOverItIsNot(String length) {
		StompDecoder decoder = new StompDecoder(Limits.defaults(), 5);
		String body = length.endsWith("6\n") ? "123456" : "12345";
		byte[] bytes = ("SEND\n" + length + "\n" + body + "\0").getBytes(StandardCharsets.UTF_8);

		Decoding read = Decoding.of(decoder, List.of(bytes));

		assertThat(read.error()).isEqualTo(body.length() > 5 ? "payload-too-large" : null);
	}

	@Test
	void aBodyThatNeverEndsIsRefusedAtItsLimit() {
		StompDecoder decoder = new StompDecoder(Limits.defaults(), 5);
		List<byte[]> endless = Decoding.cut("SEND\n\n123456".getBytes(StandardCharsets.UTF_8), 1);

		assertThat(Decoding.of(decoder, endless).error()).isEqualTo("payload-too-large");
	}

	@ParameterizedTest
	@CsvSource({ "3, ", "0003, ", "'', invalid-header", "x, invalid-header", "-3, invalid-header",
			"too-long, payload-too-large", "99999999999999999999999999999999999999999, payload-too-large",
			"9999999999x, invalid-header" })
	void theLengthOfABodyIsANumberWithinTheLimit(String length, @Nullable String error) {
		String written = length.equals("too-long") ? Integer.toString(Limits.MAX_BODY + 1) : length;
		byte[] frame = ("SEND\ncontent-length:" + written + "\n\nabc\0").getBytes(StandardCharsets.UTF_8);

		assertThat(Decoding.of(StompVersion.V1_2, List.of(frame)).error()).isEqualTo(error);
	}

	@Test
	void aPartOfALargerArrayIsRead() {
		byte[] array = "SEND\na:x\n\nb\0SEND\nc:y\n\nd\0".getBytes(StandardCharsets.UTF_8);
		ByteBuffer second = ByteBuffer.wrap(array).slice(12, array.length - 12);
		List<String> frames = new ArrayList<>();

		new StompDecoder(Limits.defaults(), Limits.MAX_BODY).decode(second,
				(frame) -> frames.add(Decoding.text(frame)));

		assertThat(frames)
			.containsExactly(Decoding.of(StompVersion.V1_2, List.of(Arrays.copyOfRange(array, 12, array.length)))
				.frames()
				.getFirst());
	}

	@Test
	void framesAreHandedOnBeforeTheNextOneIsRead() {
		StompDecoder decoder = new StompDecoder(Limits.defaults(), Limits.MAX_BODY);
		ByteBuffer bytes = StandardCharsets.UTF_8.encode("CONNECT\n\n\0SEND\na:\\n\n\n\0");
		List<String> frames = new ArrayList<>();

		decoder.decode(bytes, (frame) -> {
			frames.add(Decoding.text(frame));
			decoder.use(StompVersion.V1_0);
		});

		assertThat(frames).containsExactly("CONNECT[]", "SEND[a=\\n]");
	}

	@Test
	void theReceiptOfABadFrameIsKnown() {
		StompDecoder decoder = new StompDecoder(Limits.defaults(), Limits.MAX_BODY);
		ByteBuffer bytes = StandardCharsets.UTF_8.encode("SEND\nreceipt:r1\n\n\0SEND\nreceipt:r2\nbad\n\n\0");

		assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> decoder.decode(bytes, (frame) -> {
		})).withMessageContaining("'bad'");
		assertThat(decoder.receipt()).isEqualTo("r2");
	}

	@Test
	void theReceiptOfAGoodFrameIsNotThatOfTheNext() {
		StompDecoder decoder = new StompDecoder(Limits.defaults(), Limits.MAX_BODY);

		Decoding.of(decoder, List.of("SEND\nreceipt:r1\n\n\0SENT\n".getBytes(StandardCharsets.UTF_8)));

		assertThat(decoder.receipt()).isNull();
	}

	@Test
	void anErrorNamesWhatWasWrongAndNotAllOfIt() {
		StompDecoder decoder = new StompDecoder(Limits.defaults(), Limits.MAX_BODY);
		ByteBuffer bytes = StandardCharsets.UTF_8.encode("X".repeat(4000) + "\n");

		assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> decoder.decode(bytes, (frame) -> {
		}))
			.withMessageContaining("XXX...'")
			.satisfies((violation) -> assertThat(violation.getMessage()).hasSizeLessThan(300));
	}

	@Test
	void headersAreUtf8() {
		byte[] frame = "SEND\nname:Zoë\n\n\0".getBytes(StandardCharsets.UTF_8);

		assertThat(Decoding.of(StompVersion.V1_2, List.of(frame)).frames()).containsExactly("SEND[name=Zoë]");
	}

	@Test
	void headersThatAreNotUtf8AreRefusedWhateverTheBodyIs() {
		StompDecoder decoder = new StompDecoder(Limits.defaults(), Limits.MAX_BODY);
		byte[] frame = "SEND\nname:Zoë\n\n\0".getBytes(StandardCharsets.ISO_8859_1);

		assertThatExceptionOfType(ProtocolViolation.class)
			.isThrownBy(() -> decoder.decode(ByteBuffer.wrap(frame), (read) -> {
			}))
			.withMessageContaining("not UTF-8: 'name:Zo")
			.satisfies((violation) -> assertThat(violation.type()).isEqualTo(ErrorType.INVALID_FRAME));
	}

	private static Decoding read(Map<String, Object> limits, byte[]... messages) {
		return Decoding.of(new StompDecoder(Limits.with(limits), Limits.MAX_BODY), List.of(messages));
	}

}
