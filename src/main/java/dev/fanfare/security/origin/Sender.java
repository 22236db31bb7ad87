package dev.fanfare.security.origin;

/** Say whose page a request comes from, as far as a browser tells. */
enum Sender {

	/** No page at all: a back end, curl, the address bar. */
	NONE,

	/** A page of this server. */
	OWN,

	/** A page of an origin that is allowed by its name. */
	ALLOWED,

	/** A page of somebody else, let in because all are. */
	ANYBODY,

	/** A page of somebody else. */
	FOREIGN

}
