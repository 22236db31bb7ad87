package dev.fanfare.security;

import java.util.Map;
import java.util.Set;

import dev.fanfare.access.Caller;
import dev.fanfare.access.Entrance;
import dev.fanfare.access.Gate;
import dev.fanfare.security.origin.PlainRequests;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.stereotype.Component;

/** Let requests in without Spring Security as {@link CallerFilter} would. */
@Component
class PlainEntrance implements Entrance {

	private final Gate gate;

	private final PlainRequests requests;

	private final boolean open;

	PlainEntrance(Gate gate, PlainRequests requests, ObjectProvider<SecurityFilterChain> chains,
			ObjectProvider<HttpFirewall> firewalls) {
		this.gate = gate;
		this.requests = requests;
		this.open = chains.stream().count() == 1 && firewalls.stream().count() == 1;
	}

	@Override
	public boolean isOpen() {
		return this.open;
	}

	@Override
	public Set<String> marks() {
		return PlainRequests.MARKS;
	}

	@Override
	public boolean allowsHost(String host) {
		return this.requests.allowHost(host);
	}

	@Override
	public @Nullable Caller caller(@Nullable String authorization) {
		if (authorization == null) {
			return Caller.of(null);
		}
		String shown = Credentials.bearer(authorization);
		return (shown != null) ? this.gate.admit(shown) : null;
	}

	@Override
	public Map<String, String> headers(boolean secure) {
		return this.requests.headers(secure);
	}

}
