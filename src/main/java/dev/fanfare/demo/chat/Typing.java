package dev.fanfare.demo.chat;

/**
 * Tell that one is typing.
 *
 * @param name by which who types wants to be shown
 */
record Typing(String name) {

	Typing {
		name = Words.name(name);
	}

}
