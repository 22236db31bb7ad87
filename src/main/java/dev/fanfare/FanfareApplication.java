package dev.fanfare;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Start Fanfare as a service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class FanfareApplication {

	public static void main(String[] args) {
		SpringApplication.run(FanfareApplication.class, args);
	}

}
