package dev.fanfare.security.origin;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Know the names by which the server may be called.
 * <p>
 * A page can have its own name lead to the address of a server behind a firewall, whose
 * answers are then of the page's own origin. Addresses and localhost need no listing: no
 * page can have them for its own.
 */
final class Hosts {

	private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[.*]");

	private static final String LOCALHOST = "localhost";

	private final Set<String> names;

	Hosts(List<String> names) {
		this.names = Set.copyOf(names);
	}

	boolean allow(String host) {
		if (this.names.isEmpty()) {
			return true;
		}
		String name = host.toLowerCase(Locale.ROOT);
		return this.names.contains(name) || name.equals(LOCALHOST) || ADDRESS.matcher(name).matches();
	}

}
