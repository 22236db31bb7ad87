package dev.fanfare.stomp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.springframework.messaging.simp.stomp.StompCommand;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written is read again as it was, by every version, and however the bytes are
 * cut into WebSocket messages they mean the same.
 */
class FramePropertyTests {

	/** What a header may hold that means something to one version or another. */
	private static final char[] SPECIAL = { '\n', '\r', ':', '\\', '\0', 'n', 'r', 'c', 't', ' ', '\u00e9', '\u4f60' };

	@Property
	void encodeThenDecodeIsTheIdentity(@ForAll StompVersion version, @ForAll("headers") Map<String, String> headers,
			@ForAll byte[] body) {
		Map<String, String> writable = new LinkedHashMap<>();
		headers.forEach((name, value) -> writable.put(writable(version, name, true), writable(version, value, false)));

		Decoding read = Decoding.of(version, List.of(encode(version, writable, body)));

		if (body.length > 0) {
			writable.put("content-length", Integer.toString(body.length));
		}
		assertThat(read.error()).isNull();
		assertThat(read.frames()).containsExactly(Decoding.text(new StompFrame(StompCommand.SEND, writable, body)));
	}

	@Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
	void whateverAHeaderHoldsTheFrameIsOneFrame(@ForAll StompVersion version,
			@ForAll("headers") Map<String, String> headers, @ForAll byte[] body) {
		byte[] twice = joined(encode(version, headers, body), encode(version, headers, body));

		Decoding read = Decoding.of(version, List.of(twice));

		assertThat(read.error()).isNull();
		assertThat(read.frames()).hasSize(2);
		assertThat(read.frames().getFirst()).isEqualTo(read.frames().getLast());
	}

	@Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
	void anySplitOfGoodFramesIsReadTheSame(@ForAll StompVersion version, @ForAll("headers") Map<String, String> headers,
			@ForAll byte[] body, @ForAll("cuts") List<Integer> cuts) {
		byte[] twice = joined(encode(version, headers, body), encode(version, headers, body));

		assertThat(Decoding.of(version, cut(twice, cuts))).isEqualTo(Decoding.of(version, List.of(twice)));
	}

	@Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
	void anySplitOfAnyBytesIsReadTheSame(@ForAll StompVersion version, @ForAll("almostFrames") byte[] bytes,
			@ForAll("cuts") List<Integer> cuts) {
		assertThat(Decoding.of(version, cut(bytes, cuts))).isEqualTo(Decoding.of(version, List.of(bytes)));
	}

	@Provide
	Arbitrary<Map<String, String>> headers() {
		Arbitrary<String> text = Arbitraries.strings().withChars(SPECIAL).alpha().ofMaxLength(12);
		// A header of that name says where the body ends.
		Arbitrary<String> name = text.filter((each) -> !each.isEmpty() && !each.equals("content-length"));
		return Arbitraries.maps(name, text).ofMaxSize(6);
	}

	/** Cut this many bytes after the last cut, then that many, and so on. */
	@Provide
	Arbitrary<List<Integer>> cuts() {
		return Arbitraries.integers().between(1, 12).list().ofMaxSize(60);
	}

	/** Put what frames are made of together at random. */
	@Provide
	Arbitrary<byte[]> almostFrames() {
		Arbitrary<String> parts = Arbitraries.of("SEND\n", "SUBSCRIBE\n", "CONNECT\r\n", "ACK\n", "MESSAGE\n", "a:b\n",
				"a\\cb:\\n\\\\\n", "receipt:1\n", "content-length:3\n", "content-length:0\n", "content-length:x\n",
				"no header\n", "\n", "\r\n", "\0", "\n\0", "\n\n\0", "\nabc\0", "\\t:\n", "\u00e9:\u4f60\n", "x");
		Arbitrary<byte[]> text = parts.list()
			.ofMaxSize(12)
			.map((list) -> String.join("", list).getBytes(StandardCharsets.UTF_8));
		Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(8);
		return Combinators.combine(text, any, text).as(FramePropertyTests::joined);
	}

	/** Replace what the version has no way to write. */
	private static String writable(StompVersion version, String text, boolean name) {
		String writable = text.replace('\0', ' ');
		return switch (version) {
			case V1_0 -> {
				// There is nothing that keeps a colon from ending the name.
				String lines = writable.replace('\n', ' ').replace('\r', ' ');
				yield name ? lines.replace(':', ' ') : lines;
			}
			case V1_1 -> writable.replace('\r', ' ');
			case V1_2 -> writable;
		};
	}

	private static byte[] encode(StompVersion version, Map<String, String> headers, byte[] body) {
		return StompEncoderTests.bytes(StompEncoder.frame(version, "SEND", headers, body));
	}

	private static byte[] joined(byte[]... parts) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		Arrays.stream(parts).forEach(joined::writeBytes);
		return joined.toByteArray();
	}

	private static List<byte[]> cut(byte[] bytes, List<Integer> cuts) {
		List<byte[]> messages = new ArrayList<>();
		int start = 0;
		for (int size : cuts) {
			int end = Math.min(bytes.length, start + size);
			messages.add(Arrays.copyOfRange(bytes, start, end));
			start = end;
		}
		messages.add(Arrays.copyOfRange(bytes, start, bytes.length));
		return messages;
	}

}
