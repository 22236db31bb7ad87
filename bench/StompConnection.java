import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Speak STOMP over a WebSocket and nothing more, so that measuring costs little. */
final class StompConnection implements AutoCloseable {

	private final Socket socket;

	private final DataInputStream in;

	StompConnection(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setTcpNoDelay(true);
		this.in = new DataInputStream(new BufferedInputStream(this.socket.getInputStream(), 64 * 1024));
		this.socket.getOutputStream().write("""
				GET /ws HTTP/1.1\r
				Host: localhost\r
				Connection: Upgrade\r
				Upgrade: websocket\r
				Sec-WebSocket-Version: 13\r
				Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
				\r
				""".getBytes(StandardCharsets.US_ASCII));
		int newLines = 0;
		while (newLines < 2) {
			byte next = this.in.readByte();
			newLines = (next == '\n') ? newLines + 1 : (next == '\r') ? newLines : 0;
		}
		send(frame("CONNECT\naccept-version:1.2\nhost:localhost\n\n"));
		expect(receive(), "CONNECTED");
	}

	/** Return a STOMP frame as a WebSocket message, masked with zeros. */
	static byte[] frame(String text) {
		byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
		ByteBuffer frame = ByteBuffer.allocate(8 + bytes.length).put((byte) 0x81);
		frame.put((byte) (0x80 | 126)).putShort((short) bytes.length);
		return frame.putInt(0).put(bytes).array();
	}

	void send(byte[] frame) throws IOException {
		this.socket.getOutputStream().write(frame);
	}

	/** Read frames up to a RECEIPT, and tell how many messages came before it. */
	int receipt() throws IOException {
		int messages = 0;
		String frame = receive();
		while (frame.startsWith("MESSAGE")) {
			messages++;
			frame = receive();
		}
		expect(frame, "RECEIPT");
		return messages;
	}

	private static void expect(String frame, String command) throws IOException {
		if (!frame.startsWith(command)) {
			throw new IOException("Not a " + command + ": " + frame);
		}
	}

	/** Read the next frame; the server writes each as a message of its own. */
	private String receive() throws IOException {
		String text = "\n";
		while (text.equals("\n")) {
			int opCode = this.in.readByte() & 0xf;
			int length = this.in.readByte() & 0x7f;
			long size = (length == 126) ? this.in.readUnsignedShort() : (length == 127) ? this.in.readLong() : length;
			text = new String(this.in.readNBytes((int) size), StandardCharsets.UTF_8);
			text = (opCode == 1) ? text : "\n";
		}
		return text;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
