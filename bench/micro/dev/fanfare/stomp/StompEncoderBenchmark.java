package dev.fanfare.stomp;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.TopicName;
import dev.fanfare.websocket.Payload;
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

/** Measure what it takes to write a MESSAGE frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StompEncoderBenchmark {

	/** Bytes of a body. */
	@Param({ "128", "16384" })
	public int bytes;

	private Publication publication;

	@Setup
	public void prepare() {
		Draft draft = Draft.ofText(new TopicName("scores"), "x".repeat(this.bytes));
		this.publication = new Publication(draft, new Position("01234567", 123_456), 1_700_000_000_000L);
	}

	@Benchmark
	public Payload message() {
		return StompEncoder.message(StompVersion.V1_2, "sub-0", "/topic/scores", this.publication);
	}

	@Benchmark
	public Payload receipt() {
		return StompEncoder.frame(StompVersion.V1_2, "RECEIPT", Map.of("receipt-id", "message-12345"));
	}

}
