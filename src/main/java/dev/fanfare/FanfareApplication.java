package dev.fanfare;

import java.time.Clock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Start Fanfare as a service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class FanfareApplication {

	public static void main(String[] args) {
		SpringApplication.run(FanfareApplication.class, args);
	}

	@Bean
	static Clock clock() {
		return Clock.systemUTC();
	}

}
