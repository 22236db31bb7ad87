package dev.fanfare.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * See one STOMP frame of the server without taking it apart: a header is looked for when
 * it is asked for.
 */
public final class Frame {

	private static final byte[] MESSAGE_ID = "\nmessage-id:".getBytes(StandardCharsets.US_ASCII);

	private final byte[] array;

	private final int start;

	private final int end;

	Frame(ByteBuffer payload) {
		this.array = payload.array();
		this.start = payload.arrayOffset() + payload.position();
		this.end = payload.arrayOffset() + payload.limit();
	}

	/** Return the frame for keeping. */
	public Frame copy() {
		byte[] bytes = new byte[this.end - this.start];
		System.arraycopy(this.array, this.start, bytes, 0, bytes.length);
		return new Frame(ByteBuffer.wrap(bytes));
	}

	public String command() {
		int at = this.start;
		while (at < this.end && this.array[at] != '\n') {
			at++;
		}
		return new String(this.array, this.start, at - this.start, StandardCharsets.UTF_8);
	}

	/** Return a header's value, or the empty text. */
	public String header(String name) {
		int at = find(("\n" + name + ":").getBytes(StandardCharsets.UTF_8));
		if (at < 0) {
			return "";
		}
		int last = at;
		while (this.array[last] != '\n') {
			last++;
		}
		return new String(this.array, at, last - at, StandardCharsets.UTF_8).replace("\\c", ":")
			.replace("\\n", "\n")
			.replace("\\r", "\r")
			.replace("\\\\", "\\");
	}

	public String body() {
		return new String(bytes(), StandardCharsets.UTF_8);
	}

	/** Return the body as it came. */
	public byte[] bytes() {
		return Arrays.copyOfRange(this.array, bodyStart(), this.end - 1);
	}

	boolean isMessage() {
		return this.end - this.start > 7 && this.array[this.start] == 'M' && this.array[this.start + 1] == 'E';
	}

	/** Return the number that ends the message-id: the offset. */
	long offset() {
		int at = find(MESSAGE_ID);
		long offset = 0;
		for (byte each = this.array[at]; each != '\n'; each = this.array[++at]) {
			offset = (each >= '0' && each <= '9') ? offset * 10 + each - '0' : 0;
		}
		return offset;
	}

	/** Return sixteen hexadecimal digits of the body as a number. */
	long hexAt(int index) {
		int at = bodyStart() + index;
		long number = 0;
		for (int digit = at; digit < at + 16; digit++) {
			number = number << 4 | Character.digit(this.array[digit], 16);
		}
		return number;
	}

	private int bodyStart() {
		int at = this.start;
		while (this.array[at] != '\n' || this.array[at + 1] != '\n') {
			at++;
		}
		return at + 2;
	}

	/** Return where the value begins that follows the header's name, else -1. */
	private int find(byte[] name) {
		for (int at = this.start; at < this.end - name.length && !isBlankLine(at); at++) {
			if (matches(name, at)) {
				return at + name.length;
			}
		}
		return -1;
	}

	private boolean isBlankLine(int at) {
		return this.array[at] == '\n' && this.array[at + 1] == '\n';
	}

	private boolean matches(byte[] name, int at) {
		for (int index = 0; index < name.length; index++) {
			if (this.array[at + index] != name[index]) {
				return false;
			}
		}
		return true;
	}

	@Override
	public String toString() {
		return new String(this.array, this.start, Math.min(this.end - this.start, 300), StandardCharsets.UTF_8);
	}

}
