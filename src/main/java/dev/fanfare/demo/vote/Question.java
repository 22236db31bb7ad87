package dev.fanfare.demo.vote;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

import dev.fanfare.demo.InvalidPayload;
import dev.fanfare.demo.Readable;
import org.jspecify.annotations.Nullable;

/**
 * Hold what somebody wants to ask, as it is sent.
 *
 * @param question 1 to 200 characters
 * @param options 2 to 20 of 1 to 100 characters, each different
 * @param kind single, multiple or rating
 * @param most how many options a ballot of kind multiple may mark; all of them if it is
 * left out
 * @param shown always, after-voting or after-close; always if it is left out
 * @param seconds after how many it closes by itself, 5 at least; as late as may be if it
 * is left out
 */
record Question(@Nullable String question, @Nullable List<@Nullable String> options, @Nullable Kind kind,
		@Nullable Integer most, @Nullable Shown shown, @Nullable Long seconds) {

	private static final int LONGEST_QUESTION = 200;

	private static final int LONGEST_OPTION = 100;

	private static final int MOST_OPTIONS = 20;

	private static final int LEAST_SECONDS = 5;

	/**
	 * Make a poll of it.
	 * @param longest how long a poll may be open
	 * @throws InvalidPayload if it cannot be one, saying what would be right
	 */
	Poll poll(PollId id, Instant now, Duration longest) {
		String asked = text("question", this.question, LONGEST_QUESTION);
		List<String> answers = answers();
		Kind how = require("kind", this.kind, "single, multiple or rating");
		long open = (this.seconds != null) ? this.seconds : longest.toSeconds();
		if (open < LEAST_SECONDS || open > longest.toSeconds()) {
			throw new InvalidPayload(
					"'seconds' is %d; it must be %d to %d.".formatted(open, LEAST_SECONDS, longest.toSeconds()));
		}
		long opened = now.toEpochMilli();
		return new Poll(id, asked, answers, how, most(how, answers.size()),
				Objects.requireNonNullElse(this.shown, Shown.ALWAYS), opened, opened + 1000 * open);
	}

	private List<String> answers() {
		List<@Nullable String> given = require("options", this.options, "a list of texts");
		if (given.size() < 2 || given.size() > MOST_OPTIONS) {
			throw new InvalidPayload(
					"'options' has %d texts; it must have 2 to %d.".formatted(given.size(), MOST_OPTIONS));
		}
		List<String> answers = given.stream().map((option) -> text("options", option, LONGEST_OPTION)).toList();
		HashSet<String> seen = new HashSet<>();
		for (String answer : answers) {
			if (!seen.add(answer)) {
				throw new InvalidPayload("'options' has '%s' twice; each must be different.".formatted(answer));
			}
		}
		return answers;
	}

	private int most(Kind how, int options) {
		return switch (how) {
			case SINGLE -> 1;
			case RATING -> options;
			case MULTIPLE -> {
				int given = (this.most != null) ? this.most : options;
				if (given < 1 || given > options) {
					throw new InvalidPayload(
							"'most' is %d; it must be 1 to %d, the number of options.".formatted(given, options));
				}
				yield given;
			}
		};
	}

	private static String text(String name, @Nullable String given, int longest) {
		String text = require(name, given, "a text").strip();
		int length = text.codePointCount(0, text.length());
		if (length < 1 || length > longest) {
			throw new InvalidPayload("'%s' has %d characters; it must have 1 to %d.".formatted(name, length, longest));
		}
		if (text.chars().anyMatch(Character::isISOControl)) {
			throw new InvalidPayload("'%s' has a control character; it must be one line of text.".formatted(name));
		}
		text.codePoints().filter((each) -> !Readable.isText(each)).findFirst().ifPresent((each) -> {
			throw new InvalidPayload("'%s' has the character U+%04X in it, which is not for reading; leave it out."
				.formatted(name, each));
		});
		return text;
	}

	private static <T> T require(String name, @Nullable T given, String right) {
		if (given == null) {
			throw new InvalidPayload("'%s' is missing; it must be %s.".formatted(name, right));
		}
		return given;
	}

}
