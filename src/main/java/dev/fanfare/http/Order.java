package dev.fanfare.http;

/** Say which publications of a history come first. */
enum Order {

	/** As they were published. */
	OLDEST,

	/** The other way round. */
	NEWEST

}
