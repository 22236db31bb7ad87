package dev.fanfare.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

import dev.fanfare.access.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Say who somebody is to an application, the same on each of their connections.
 * <p>
 * Users and keys are who they are. A guest is known by a secret that its browser made up
 * and sends in the header {@value #HEADER} of each SEND; what others see is derived from
 * it, and nobody gets back from there. Methods with a {@code @MessageMapping} take a
 * visitor as a parameter.
 *
 * @param id what others may see: 22 of {@code A-Z a-z 0-9 _ -}
 * @param user the name of a user or key; none for guests
 */
public record Visitor(String id, @Nullable String user) {

	/** Name the header in which guests send their secret. */
	public static final String HEADER = "visitor";

	private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{22,128}");

	private static final int ID_BYTES = 16;

	/**
	 * Return who a caller is.
	 * @param secret by which a guest is known; not looked at for others
	 * @throws UnknownVisitor if it is a guest without one
	 */
	public static Visitor of(Caller caller, @Nullable String secret) {
		Principal known = caller.principal();
		if (known != null) {
			return new Visitor(digest("user:" + known.getName()), known.getName());
		}
		if (secret == null || !SECRET.matcher(secret).matches()) {
			throw new UnknownVisitor(secret);
		}
		return new Visitor(digest("guest:" + secret), null);
	}

	private static String digest(String who) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(who.getBytes(StandardCharsets.UTF_8));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, ID_BYTES));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

}
