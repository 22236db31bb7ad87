package dev.fanfare.attack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * Run the tests of a class with the one server that all attacks share.
 * <p>
 * 127.0.0.1, from where the others come, is exempt; each attack has an address of its
 * own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "fanfare.limits.exempt=127.0.0.1",
		"fanfare.limits.patience=100ms", "fanfare.limits.address.connections=20",
		"fanfare.limits.address.connects=1/s burst 60", "fanfare.limits.address.subscriptions=25",
		"fanfare.limits.address.publishes=20/s burst 40", "fanfare.limits.address.http-requests=10/s burst 100",
		"fanfare.limits.address.bytes-in=256KB/s burst 4MB", "fanfare.limits.connection.bytes-in=128KB/s burst 512KB",
		"fanfare.limits.connection.bytes-out=64KB/s burst 256KB", "fanfare.topics[0].pattern=slow.*",
		"fanfare.topics[0].durability=memory", "fanfare.topics[0].publish-rate=1/m burst 2",
		"fanfare.topics[1].pattern=**", "fanfare.topics[1].durability=memory", "fanfare.websocket.request-timeout=1s",
		"fanfare.http.body-timeout=1s", "server.jetty.connection-idle-timeout=1s" })
@interface SmallLimits {

}
