package dev.fanfare.demo.chat;

/**
 * Ask to change something one has said.
 *
 * @param id made up by who asks; the same is stored once
 * @param of the position of what was said
 * @param text what it is to say, in Markdown
 */
record Edit(String id, String of, String text) {

	Edit {
		id = Words.id(id);
		of = Words.position(of);
		text = Words.text(text);
	}

}
