package dev.fanfare.security;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.fanfare.access.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** A key is known by its hash; where none is configured, one is made. */
@ExtendWith(OutputCaptureExtension.class)
class KeyTests {

	private static final Pattern KEY = Pattern.compile("fanfare_[A-Za-z0-9_-]{43}");

	private static final Pattern HASH = Pattern.compile("sha256:[0-9a-f]{64}");

	@TempDir
	private Path data;

	@Test
	void theFirstStartShowsAKeyOnceAndItGoesOnWorking(CapturedOutput log) throws Exception {
		ApiKeys first = start();
		String key = find(KEY, log.getAll());

		ApiKeys second = start();

		assertThat(KEY.matcher(log.getAll()).results()).as("times it was shown").hasSize(1);
		for (ApiKeys keys : List.of(first, second)) {
			assertThat(keys.find(key)).map(Caller.Key::name).contains("first");
			assertThat(keys.find(key.toLowerCase())).isEmpty();
		}
		Path file = this.data.resolve("security/key");
		assertThat(Files.readString(file)).doesNotContain(key).isEqualTo(ApiKey.hash(key) + "\n");
		assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
	}

	@Test
	void aKeyThatWasLostIsReplacedByDeletingItsFile(CapturedOutput log) throws Exception {
		start();
		String lost = find(KEY, log.getAll());
		Files.delete(this.data.resolve("security/key"));

		ApiKeys keys = start();

		assertThat(keys.find(lost)).isEmpty();
		String found = KEY.matcher(log.getAll()).results().toList().getLast().group();
		assertThat(keys.find(found)).isPresent();
	}

	@Test
	void aFileThatIsDamagedIsNamed() throws Exception {
		Files.createDirectories(this.data.resolve("security"));
		Files.writeString(this.data.resolve("security/key"), "nothing of ours");

		assertThatIllegalStateException().isThrownBy(this::start).withMessageContaining("security/key");
	}

	@Test
	void whereAKeyIsConfiguredNoneIsMade(CapturedOutput log) {
		String key = ApiKey.random();
		ApiKeys keys = keys(new KeyProperties(List.of(item("shop", ApiKey.hash(key)))));

		assertThat(keys.find(key)).map(Caller.Key::name).contains("shop");
		assertThat(log.getAll()).doesNotContainPattern(KEY);
		assertThat(this.data.resolve("security")).doesNotExist();
	}

	@Test
	void theCommandPrintsAKeyAndItsHash() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();

		int code = new KeyCommand(print(out), print(new ByteArrayOutputStream())).run(List.of());

		String printed = out.toString(StandardCharsets.UTF_8);
		assertThat(code).isZero();
		assertThat(find(HASH, printed)).isEqualTo(ApiKey.hash(find(KEY, printed)));
	}

	@Test
	void theCommandSaysWhatItDoesNotUnderstand() {
		ByteArrayOutputStream err = new ByteArrayOutputStream();

		int code = new KeyCommand(print(new ByteArrayOutputStream()), print(err)).run(List.of("--data", "x"));

		assertThat(code).isEqualTo(2);
		assertThat(err.toString(StandardCharsets.UTF_8)).contains("'--data x'", "Usage");
	}

	@Test
	void whatIsWrongWithAKeyIsNamed() {
		String hash = ApiKey.hash("x");
		Set<KeyProperties.Scope> read = Set.of(KeyProperties.Scope.READ);
		isWrong("'a b'", () -> new KeyProperties.Item("a b", hash, read, List.of("**")));
		isWrong("hash of key 'shop'", () -> new KeyProperties.Item("shop", "sha256:abc", read, List.of("**")));
		isWrong("'shop'", () -> new KeyProperties.Item("shop", hash, Set.of(), List.of("**")));
		isWrong("no topics", () -> new KeyProperties.Item("shop", hash, read, List.of()));
		isWrong("'a/b'", () -> new KeyProperties.Item("shop", hash, read, List.of("a/b")));
		isWrong("two keys", () -> new KeyProperties(List.of(item("shop", hash), item("shop", ApiKey.hash("y")))));
		isWrong("a hash twice", () -> new KeyProperties(List.of(item("shop", hash), item("till", hash))));
	}

	private static void isWrong(String named, Runnable what) {
		assertThatIllegalArgumentException().isThrownBy(what::run).withMessageContaining(named);
	}

	private ApiKeys start() {
		return keys(new KeyProperties(List.of()));
	}

	private ApiKeys keys(KeyProperties properties) {
		ApiKeys keys = new ApiKeys(properties, TokenTests.properties("", "", ""),
				new FirstKey(new SecurityFolder(this.data.toString())));
		keys.start();
		return keys;
	}

	private static KeyProperties.Item item(String name, String hash) {
		return new KeyProperties.Item(name, hash, Set.of(KeyProperties.Scope.PUBLISH), List.of("**"));
	}

	private static String find(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		assertThat(matcher.find()).as(text).isTrue();
		return matcher.group();
	}

	private static PrintStream print(ByteArrayOutputStream bytes) {
		return new PrintStream(bytes, true, StandardCharsets.UTF_8);
	}

}
