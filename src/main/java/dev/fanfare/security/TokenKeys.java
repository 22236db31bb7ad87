package dev.fanfare.security;

import java.security.Key;
import java.util.List;
import java.util.Set;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;

/**
 * Hold what tokens are verified with. The kind of key fixes the algorithms, whatever a
 * token says of itself.
 */
interface TokenKeys {

	/** Return the algorithms that tokens may be signed with. */
	Set<JWSAlgorithm> algorithms();

	/**
	 * Return the keys that the token may be signed with.
	 * @throws dev.fanfare.access.NotAdmitted if there is none
	 */
	List<Key> find(JWSHeader header);

}
