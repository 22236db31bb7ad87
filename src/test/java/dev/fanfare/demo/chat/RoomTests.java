package dev.fanfare.demo.chat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import dev.fanfare.demo.InvalidPayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RoomTests {

	@ParameterizedTest
	@ValueSource(strings = { "lobby", "a", "room-1", "-", "abcdefghijklmnopqrstuvwxyz012345" })
	void aPlainNameStandsAsItIs(String name) {
		assertThat(new Room(name).topic().value()).isEqualTo("chat." + name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "图书馆", "кафе", "café-9", "नमस्ते", "图书馆图书馆图书馆图书馆图书馆图书馆图书馆图书馆图" })
	void anyOtherNameIsEncodedAndFitsATopic(String name) {
		Room room = new Room(encoded(name));

		assertThat(room.topic().value()).startsWith("chat.u:");
		assertThat(room.typing().value()).endsWith(".typing").hasSizeLessThanOrEqualTo(128);
	}

	@Test
	void theNamesOfRoomsAndOfWhoTypesThereAreNeverTheSame() {
		assertThatExceptionOfType(InvalidPayload.class).isThrownBy(() -> new Room("lobby.typing"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Lobby", "a b", "a.b", "a/b", "abcdefghijklmnopqrstuvwxyz0123456", "u:", "u:!", "u:_w",
			"u:5Zu-5Lmm6aaG=", "图书馆" })
	void whatIsNoRoomIsRefusedByItsName(String value) {
		assertThatExceptionOfType(InvalidPayload.class).isThrownBy(() -> new Room(value))
			.withMessageStartingWith("'" + value + "' is not a room");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lobby", "КАФЕ", "caf\u0065\u0301", "кафе!", "ка фе", "\u202Eабв", "ｌｏｂｂｙ" })
	void noNameIsWrittenInASecondWay(String name) {
		assertThatExceptionOfType(InvalidPayload.class).isThrownBy(() -> new Room(encoded(name)));
	}

	private static String encoded(String name) {
		byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
		return "u:" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
