package dev.fanfare.demo.chat;

/**
 * Ask to take back something one has said.
 *
 * @param id made up by who asks; the same is stored once
 * @param of the position of what was said
 */
record Delete(String id, String of) {

	Delete {
		id = Words.id(id);
		of = Words.position(of);
	}

}
