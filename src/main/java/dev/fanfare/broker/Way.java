package dev.fanfare.broker;

/** Say how a draft came to the broker; metrics tell them apart. */
public enum Way {

	/** A client sent it over STOMP. */
	STOMP,

	/** A back end sent it over HTTP. */
	HTTP,

	/** The application publishes. */
	APPLICATION

}
