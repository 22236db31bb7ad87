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

	private final boolean any;

	private Hosts(List<String> names, boolean any) {
		this.names = Set.copyOf(names);
		this.any = any;
	}

	/** Allow these, or any if there are none. */
	static Hosts orAny(List<String> names) {
		return new Hosts(names, names.isEmpty());
	}

	/** Allow these alone, beside those that need no listing. */
	static Hosts only(List<String> names) {
		return new Hosts(names, false);
	}

	boolean allow(String host) {
		if (this.any) {
			return true;
		}
		String name = host.toLowerCase(Locale.ROOT);
		return this.names.contains(name) || name.equals(LOCALHOST) || ADDRESS.matcher(name).matches();
	}

}
