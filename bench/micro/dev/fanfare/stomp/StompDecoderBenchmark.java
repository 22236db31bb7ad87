package dev.fanfare.stomp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Measure what it takes to read a SEND frame that comes in one WebSocket message. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StompDecoderBenchmark {

	/** Bytes of a body. */
	@Param({ "128", "16384" })
	public int bytes;

	private StompDecoder decoder;

	private ByteBuffer withLength;

	private ByteBuffer upToNul;

	@Setup
	public void prepare() {
		this.decoder = new StompDecoder(Limits.defaults(), Limits.MAX_BODY);
		String body = "x".repeat(this.bytes);
		this.withLength = frame("SEND\ndestination:/topic/scores\ncontent-type:text/plain\nreceipt:message-12345\n"
				+ "content-length:" + this.bytes + "\n\n" + body + "\0");
		this.upToNul = frame("SEND\ndestination:/topic/scores\n\n" + body + "\0");
	}

	private static ByteBuffer frame(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	@Benchmark
	public void sendWithLength(Blackhole blackhole) {
		this.decoder.decode(this.withLength.rewind(), blackhole::consume);
	}

	@Benchmark
	public void sendUpToNul(Blackhole blackhole) {
		this.decoder.decode(this.upToNul.rewind(), blackhole::consume);
	}

}
