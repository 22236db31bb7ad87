package dev.fanfare.demo.chat;

/**
 * Ask to say something.
 *
 * @param id made up by who asks; the same is stored once
 * @param name by which who asks wants to be shown; users are shown by their own
 * @param text in Markdown
 */
record Say(String id, String name, String text) {

	Say {
		id = Words.id(id);
		name = Words.name(name);
		text = Words.text(text);
	}

}
