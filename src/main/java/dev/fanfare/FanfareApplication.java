package dev.fanfare;

import java.time.Clock;
import java.util.List;

import dev.fanfare.engine.embedded.LogCommand;

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
		SpringApplication.run(FanfareApplication.class, args);
	}

	@Bean
	static Clock clock() {
		return Clock.systemUTC();
	}

}
