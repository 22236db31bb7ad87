package dev.fanfare.topic;

/** Say what a topic's history outlives. */
public enum Durability {

	/** Nothing is kept: publications go to those who are there. */
	NONE,

	/** What is kept is gone when the process ends. */
	MEMORY,

	/**
	 * What is kept outlives the process: a publication is accepted when the disk has it.
	 */
	DISK

}
