package dev.fanfare.access;

/**
 * Tell that tokens were taken back, so that connections can be looked through.
 *
 * @param revocation which
 */
public record TokensRevoked(Revocation revocation) {
}
