package dev.fanfare.stomp;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever bytes a client sends, the decoder reads them or throws the protocol's own
 * exception, with memory in proportion to what was sent. An input is the number of a
 * version, and the bytes.
 */
class StompDecoderFuzzTests {

	private static final StompProperties LIMITS = Limits.with(Map.of("max-frames-per-message", Integer.MAX_VALUE));

	private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	/**
	 * Bytes of memory for a byte sent: a frame of six bytes takes a few objects. Jazzer's
	 * hooks take ten times as much themselves.
	 */
	private static final long PER_BYTE = "false".equals(System.getProperty("jazzer.hooks")) ? 500 : 5000;

	/** Bytes of memory that the body of a frame may take before it has come. */
	private static final long ONCE = 2 * Limits.MAX_BODY;

	@DictionaryFile(resourcePath = "/frames/stomp.dict")
	@MethodSource("examples")
	@FuzzTest(maxDuration = "3m")
	void bytesAreReadOrRefusedInProportion(byte[] input) {
		StompVersion version = StompVersion.values()[(input.length > 0) ? Math.floorMod(input[0], 3) : 0];
		byte[] content = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);

		Decoding read = decode(version, List.of(content));
		long before = MEMORY.getCurrentThreadAllocatedBytes();
		Decoding again = decode(version, List.of(content));
		long taken = MEMORY.getCurrentThreadAllocatedBytes() - before;

		assertThat(again).isEqualTo(read);
		assertThat(taken).isLessThan(ONCE + PER_BYTE * content.length);
		assertThat(decode(version, Decoding.cut(content, 1))).isEqualTo(read);
	}

	static Stream<byte[]> examples() {
		return FrameVectors.fromClient().stream().map(StompDecoderFuzzTests::input);
	}

	private static byte[] input(FrameVectors.FromClient vector) {
		byte[] content = vector.content();
		byte version = (byte) FrameVectors.version(vector.version()).ordinal();
		return ByteBuffer.allocate(content.length + 1).put(version).put(content).array();
	}

	private static Decoding decode(StompVersion version, List<byte[]> messages) {
		StompDecoder decoder = new StompDecoder(LIMITS, Limits.MAX_BODY);
		decoder.use(version);
		return Decoding.of(decoder, messages);
	}

}
