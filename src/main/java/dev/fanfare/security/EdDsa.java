package dev.fanfare.security;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;

/**
 * Verify Ed25519 signatures with what Java has; the library would want another one for
 * it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8037">RFC 8037</a>
 */
final class EdDsa {

	private EdDsa() {
	}

	/**
	 * Return the key of a JWK: a number, lowest byte first, whose highest bit is apart.
	 */
	static PublicKey publicKey(OctetKeyPair pair) throws JOSEException {
		byte[] x = pair.getDecodedX();
		if (!Curve.Ed25519.equals(pair.getCurve()) || x.length != 32) {
			throw new JOSEException("It is not of Ed25519");
		}
		byte[] y = new byte[x.length];
		for (int at = 0; at < x.length; at++) {
			y[at] = x[x.length - 1 - at];
		}
		boolean odd = (y[0] & 0x80) != 0;
		y[0] &= 0x7f;
		try {
			return KeyFactory.getInstance("Ed25519")
				.generatePublic(
						new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, y))));
		}
		catch (GeneralSecurityException ex) {
			throw new JOSEException("It is not of Ed25519", ex);
		}
	}

	static boolean verify(PublicKey key, byte[] signed, byte[] signature) {
		try {
			Signature verifier = Signature.getInstance("Ed25519");
			verifier.initVerify(key);
			verifier.update(signed);
			return verifier.verify(signature);
		}
		catch (GeneralSecurityException ex) {
			return false;
		}
	}

}
