package dev.fanfare;

import java.time.Clock;
import java.util.List;

import dev.fanfare.engine.embedded.LogCommand;

import sun.misc.Signal;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Start Fanfare as a service, or look into its log where the first argument is
 * {@code log}.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class FanfareApplication {

	public static void main(String[] args) {
		if (args.length > 0 && args[0].equals("log")) {
			List<String> rest = List.of(args).subList(1, args.length);
			System.exit(new LogCommand(System.out, System.err, clock()).run(rest));
		}
		endWellWhenTerminated();
		SpringApplication.run(FanfareApplication.class, args);
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
