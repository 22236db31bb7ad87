package dev.fanfare.engine.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.TopicName;

/**
 * Write publications as the log keeps them, and read them: <pre>
 *   format 1 | timestamp 8 | total 8 | size 4 | headers 2 | (length 2, name, length 4, value) ... | body
 * </pre> Numbers are big-endian, texts UTF-8. The first part is of fixed length, so that
 * a publication's place in time and bytes is read without the rest.
 */
final class LogRecord {

	/** How long the part is that says where in time and bytes a publication is. */
	static final int MARK_BYTES = 1 + 8 + 8 + 4;

	private static final byte FORMAT = 1;

	private LogRecord() {
	}

	static byte[] write(Publication publication, long total) {
		Map<byte[], byte[]> headers = new LinkedHashMap<>();
		int length = MARK_BYTES + 2 + publication.body().length;
		for (Map.Entry<String, String> header : publication.draft().headers().entrySet()) {
			byte[] name = header.getKey().getBytes(StandardCharsets.UTF_8);
			byte[] value = header.getValue().getBytes(StandardCharsets.UTF_8);
			headers.put(name, value);
			length += 2 + name.length + 4 + value.length;
		}
		ByteBuffer record = ByteBuffer.allocate(length)
			.put(FORMAT)
			.putLong(publication.timestamp())
			.putLong(total)
			.putInt(publication.draft().size())
			.putShort((short) headers.size());
		headers
			.forEach((name, value) -> record.putShort((short) name.length).put(name).putInt(value.length).put(value));
		return record.put(publication.body()).array();
	}

	static TopicLog.Mark mark(byte[] record) {
		ByteBuffer bytes = opened(record);
		return new TopicLog.Mark(bytes.getLong(), bytes.getLong(), bytes.getInt());
	}

	static Publication read(byte[] record, TopicName topic, Position position) {
		ByteBuffer bytes = opened(record);
		long timestamp = bytes.getLong();
		bytes.position(MARK_BYTES);
		Map<String, String> headers = new LinkedHashMap<>();
		for (int left = bytes.getShort() & 0xFFFF; left > 0; left--) {
			String name = text(bytes, bytes.getShort() & 0xFFFF);
			headers.put(name, text(bytes, bytes.getInt()));
		}
		byte[] body = new byte[bytes.remaining()];
		bytes.get(body);
		return new Publication(new Draft(topic, headers, body), position, timestamp);
	}

	private static ByteBuffer opened(byte[] record) {
		ByteBuffer bytes = ByteBuffer.wrap(record);
		byte format = bytes.get();
		if (format != FORMAT) {
			throw new IllegalStateException(
					"The log has a record of format %d; this version reads format %d".formatted(format, FORMAT));
		}
		return bytes;
	}

	private static String text(ByteBuffer bytes, int length) {
		byte[] text = new byte[length];
		bytes.get(text);
		return new String(text, StandardCharsets.UTF_8);
	}

}
