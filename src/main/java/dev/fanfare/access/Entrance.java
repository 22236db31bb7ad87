package dev.fanfare.access;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Let requests in of which nothing tells that a page has sent them: back ends, mostly.
 * <p>
 * It decides with the same code as the filters, which every other request has to pass,
 * and refuses nobody: who is not let in here is for them to answer. Any thread may ask.
 */
public interface Entrance {

	/**
	 * Tell whether all that filters decide about such requests is known here; not where
	 * the application secures the server in its own way as well.
	 */
	boolean isOpen();

	/**
	 * Name the headers that leave a request to the filters.
	 * @return their names, in lower case
	 */
	Set<String> marks();

	/** Tell whether a server may be called by this name. */
	boolean allowsHost(String host);

	/**
	 * Return who sends a request without marks.
	 * @param authorization its {@code Authorization} header, if it has one
	 * @return nobody where that is for the filters to decide
	 * @throws NotAdmitted if the token or key lets nobody in
	 */
	@Nullable Caller caller(@Nullable String authorization);

	/**
	 * Return the headers that the answer has to have, beside its own.
	 * @param secure whether it was asked for over TLS
	 */
	Map<String, String> headers(boolean secure);

}
