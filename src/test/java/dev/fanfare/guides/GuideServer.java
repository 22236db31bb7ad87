package dev.fanfare.guides;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * Run the server that a reader of the guides has: closed as it comes, with a key. All
 * guides have the same one.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fanfare.sse.heartbeat=500ms", "fanfare.access.subscribe=granted",
				"fanfare.access.publish=granted", "fanfare.access.history=granted", "fanfare.access.reset=granted",
				"fanfare.access.operate=granted", "fanfare.access.keys[0].name=guide",
				"fanfare.access.keys[0].hash=sha256:4be3b5896e150f92013733f90e26ae75edb153b97b0c592a1c3e12de3e290e6a",
				"fanfare.access.keys[0].scopes=publish,read,operate", "fanfare.access.keys[0].topics=**" })
public @interface GuideServer {

	/** The key, which the server knows by its hash. */
	String KEY = "a key for the guide";

}
