package dev.fanfare.demo.vote;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Say who sees the counts while a poll is open; once it is closed everybody does. */
enum Shown {

	/** Everybody. */
	@JsonProperty("always")
	ALWAYS,

	/** Who has voted. */
	@JsonProperty("after-voting")
	AFTER_VOTING,

	/** Nobody. */
	@JsonProperty("after-close")
	AFTER_CLOSE

}
