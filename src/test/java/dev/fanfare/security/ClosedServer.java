package dev.fanfare.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Test a server that is closed as it is by default; one for all that ask for it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fanfare.access.subscribe=granted", "fanfare.access.publish=granted",
				"fanfare.access.history=granted", "fanfare.access.presence=granted", "fanfare.access.reset=granted",
				"fanfare.access.operate=granted", "fanfare.access.token.secret=" + Tokens.SECRET,
				"fanfare.access.token.issuer=" + Tokens.ISSUER, "fanfare.access.token.audience=" + Tokens.AUDIENCE,
				"fanfare.access.token.cookie=token", "fanfare.access.allowed-origins=https://app.example",
				"fanfare.access.token.in-query=true", "fanfare.access.keys[0].name=shop",
				"fanfare.access.keys[0].hash=" + ClosedServer.PUBLISH_HASH, "fanfare.access.keys[0].scopes=publish",
				"fanfare.access.keys[0].topics=orders.*", "fanfare.access.keys[1].name=till",
				"fanfare.access.keys[1].hash=" + ClosedServer.READ_HASH, "fanfare.access.keys[1].scopes=read",
				"fanfare.access.keys[1].topics=orders.*", "fanfare.access.keys[2].name=ops",
				"fanfare.access.keys[2].hash=" + ClosedServer.OPERATE_HASH, "fanfare.access.keys[2].scopes=operate",
				"fanfare.topics[0].pattern=readonly.**", "fanfare.topics[0].durability=memory",
				"fanfare.topics[0].access.subscribe=everyone", "fanfare.topics[0].access.publish=nobody",
				"fanfare.topics[1].pattern=public.**", "fanfare.topics[1].durability=memory",
				"fanfare.topics[1].access.subscribe=everyone", "fanfare.topics[1].access.history=everyone",
				"fanfare.topics[2].pattern=authenticated", "fanfare.topics[2].access.publish=authenticated",
				"fanfare.topics[3].pattern=**", "fanfare.topics[3].durability=memory" })
@interface ClosedServer {

	String PUBLISH_KEY = "fanfare_publish";

	String PUBLISH_HASH = "sha256:d82de3f965adbd82ca69b1ffa33487ffaa19f47708cd6a9563b34a4abb04e521";

	String READ_KEY = "fanfare_read";

	String READ_HASH = "sha256:58b3c9af7093500579e21ed77288a83434e004c9c78d12ce8c70dccd797cf749";

	String OPERATE_KEY = "fanfare_operate";

	String OPERATE_HASH = "sha256:2195545a20d847b3cf9e5ceb784451d73a58dd2aa8361de53d401b6f2099f341";

}
