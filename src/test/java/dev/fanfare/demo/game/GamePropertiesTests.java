package dev.fanfare.demo.game;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GamePropertiesTests {

	@ParameterizedTest
	@CsvSource({ "max-games,-1", "max-games,10001", "max-players,1", "max-players,201", "reading,0s", "buzzing,6m",
			"answering,-1s", "reveal,0ms", "countdown,1h", "get-ready,0s", "grace,6m", "idle,9s", "idle,2d" })
	void whatCannotBeIsNamedWithWhatCan(String name, String value) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of(name, value)))
			.havingRootCause()
			.withMessageStartingWith("fanfare.demo.game.%s is ".formatted(name))
			.withMessageContaining("it must be between");
	}

	@Test
	void aServerMayHaveNoQuiz() {
		assertThat(bind(Map.of("max-games", "0")).maxGames()).isZero();
	}

	private static GameProperties bind(Map<String, String> settings) {
		var source = new MapConfigurationPropertySource();
		settings.forEach((name, value) -> source.put("fanfare.demo.game." + name, value));
		return new Binder(source).bindOrCreate("fanfare.demo.game", GameProperties.class);
	}

}
