package dev.fanfare;

import java.time.Clock;
import java.util.List;

import dev.fanfare.engine.embedded.LogCommand;
import dev.fanfare.security.KeyCommand;

import sun.misc.Signal;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Start Fanfare as a service; where the first argument is {@code log} look into its log,
 * where it is {@code key} make a key.
 */
// Spring Boot would make a user with a password of its own.
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@ConfigurationPropertiesScan
@EnableScheduling
public class FanfareApplication {

	public static void main(String[] args) {
		List<String> rest = List.of(args).subList(Math.min(1, args.length), args.length);
		switch ((args.length > 0) ? args[0] : "") {
			case "log" -> System.exit(new LogCommand(System.out, System.err, clock()).run(rest));
			case "key" -> System.exit(new KeyCommand(System.out, System.err).run(rest));
			default -> {
				endWellWhenTerminated();
				SpringApplication.run(FanfareApplication.class, args);
			}
		}
	}

	/** End with 0 after SIGTERM, as who was asked to end and did; Java's way is 143. */
	private static void endWellWhenTerminated() {
		try {
			Signal.handle(new Signal("TERM"), (signal) -> System.exit(0));
		}
		catch (IllegalArgumentException ex) {
			// The Java machine was told to leave signals alone (-Xrs).
		}
	}

	@Bean
	static Clock clock() {
		return Clock.systemUTC();
	}

}
