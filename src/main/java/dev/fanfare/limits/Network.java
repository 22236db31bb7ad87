package dev.fanfare.limits;

import java.net.InetAddress;

/**
 * Be a range of addresses, written {@code 10.0.0.0/8}, {@code 2001:db8::/32} or as one
 * address. Of IPv6 the first 64 bits count.
 *
 * @param first an address of it
 * @param prefix how many of its bits all others share
 */
record Network(Address first, int prefix) {

	static Network of(String written) {
		String[] parts = written.strip().split("/", 2);
		try {
			Address first = Address.of(InetAddress.ofLiteral(parts[0]));
			int most = first.six() ? 128 : first.length();
			int prefix = (parts.length > 1) ? Integer.parseInt(parts[1]) : most;
			if (prefix >= 0 && prefix <= most) {
				return new Network(first, Math.min(prefix, first.length()));
			}
		}
		catch (IllegalArgumentException ex) {
			// Said below.
		}
		throw new IllegalArgumentException(
				"'%s' must be an address or a network, such as 10.0.0.7 or 2001:db8::/32".formatted(written));
	}

	boolean contains(Address address) {
		return address.six() == this.first.six() && (this.prefix == 0
				|| (address.bits() ^ this.first.bits()) >>> (this.first.length() - this.prefix) == 0);
	}

}
