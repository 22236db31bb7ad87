package dev.fanfare.demo.vote;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Say what a ballot has to say about the options. */
enum Kind {

	/** Which one. */
	@JsonProperty("single")
	SINGLE(1),

	/** Which ones, up to as many as the poll says. */
	@JsonProperty("multiple")
	MULTIPLE(1),

	/** How many stars, one to five, for as many as one likes. */
	@JsonProperty("rating")
	RATING(5);

	private final int highest;

	Kind(int highest) {
		this.highest = highest;
	}

	/** Return the highest mark that an option can get; 0 is for none. */
	int highest() {
		return this.highest;
	}

}
