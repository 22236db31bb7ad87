package dev.fanfare.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Be where somebody comes from, as far as limits tell addresses apart: an IPv4 address,
 * or the first 64 bits of an IPv6 address, since whoever has one of these has all that
 * begin with them.
 *
 * @param bits the 32 or 64 bits, the first ones first
 * @param six whether it is IPv6
 */
public record Address(long bits, boolean six) {

	/**
	 * What a proxy says that says no address, {@code unknown} for instance: all of them
	 * are one.
	 */
	private static final Address UNKNOWN = new Address(-1, false);

	/**
	 * Read an address as servers hand it on, in brackets or not; names are not looked up.
	 */
	static Address of(String text) {
		try {
			return of(InetAddress.ofLiteral(bare(text)));
		}
		catch (IllegalArgumentException ex) {
			return UNKNOWN;
		}
	}

	/** Make one of a socket's. */
	public static Address of(InetAddress address) {
		ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
		return (address instanceof Inet6Address) ? new Address(bytes.getLong(), true)
				: new Address(Integer.toUnsignedLong(bytes.getInt()), false);
	}

	/** Return how many bits it has. */
	int length() {
		return this.six ? Long.SIZE : Integer.SIZE;
	}

	// The zone of a link-local address is a name of this machine's.
	private static String bare(String text) {
		String inner = (text.startsWith("[") && text.endsWith("]")) ? text.substring(1, text.length() - 1) : text;
		int zone = inner.indexOf('%');
		return (zone >= 0) ? inner.substring(0, zone) : inner;
	}

}
