package dev.fanfare.image;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

import static org.assertj.core.api.Assertions.assertThat;

/** See that the image, run as docker-compose.yml runs it, serves and leaves politely. */
@Testcontainers
@TestMethodOrder(OrderAnnotation.class)
class FanfareImageIT {

	private static final DockerImageName JDK_IMAGE = DockerImageName.parse("eclipse-temurin:25-jdk");

	private static final DockerImageName BASE_IMAGE = DockerImageName.parse("debian:stable-slim");

	private static final Path DOCKER = Path.of("deploy", "docker");

	private static final Pattern KEY = Pattern.compile("fanfare_[A-Za-z0-9_-]{43}");

	private static final Path JAR = Path.of(System.getProperty("fanfare.jar"));

	@Container
	private static final GenericContainer<?> FANFARE = new GenericContainer<>(image()).withExposedPorts(8080)
		// As Docker mounts it by itself: nothing can be run from there.
		.withTmpFs(Map.of("/tmp", "rw,noexec,nosuid"))
		// It does not start where the cache does not fit; without this it would, slowly.
		.withEnv("JDK_JAVA_OPTIONS", "-XX:AOTMode=on")
		.withCreateContainerCmdModifier((create) -> lockDown(create.getHostConfig()))
		// The image's own health check, which asks for readiness.
		.waitingFor(Wait.forHealthcheck().withStartupTimeout(Duration.ofSeconds(90)));

	@AutoClose
	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	@Order(1)
	void itRunsAsNobodySpecial() throws Exception {
		assertThat(FANFARE.execInContainer("id", "-u").getStdout()).isEqualToIgnoringNewLines("10001");
	}

	@Test
	@Order(1)
	void itHasTheLibraryOfItsSystemAndUnpacksNone() throws Exception {
		assertThat(FANFARE.execInContainer("ls", "/app/native").getStdout().lines()).singleElement()
			.asString()
			.startsWith("librocksdbjni-linux");
		assertThat(FANFARE.execInContainer("ls", "-A", "/data/native").getStdout()).isEmpty();
		assertThat(FANFARE.execInContainer("find", "/tmp", "-name", "*.so").getStdout()).isEmpty();
	}

	@Test
	@Order(1)
	void theCacheFitsTheFlagsItWasTrainedWithAndNoOthers() throws Exception {
		// By the container's JDK_JAVA_OPTIONS, Java does not start where it does not fit.
		// The command's own code for arguments that mean nothing is 2.
		assertThat(log().getExitCode()).isEqualTo(2);
		assertThat(log("-XX:-UseCompactObjectHeaders").getExitCode()).isEqualTo(1);
	}

	@Test
	@Order(1)
	void itServesThePage() throws Exception {
		HttpResponse<String> page = get("/");

		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("content-type")).get().asString().startsWith("text/html");
	}

	@Test
	@Order(1)
	void aPublicationReachesASubscriber() throws Exception {
		try (StompReader reader = reader()) {
			reader.subscribe("/topic/scores");

			HttpResponse<String> published = publish("scores", "2:1");

			assertThat(published.statusCode()).as(published.body()).isEqualTo(201);
			assertThat(reader.nextFrame()).startsWith("MESSAGE\n")
				.contains("\ndestination:/topic/scores\n")
				.endsWith("\n\n2:1");
		}
	}

	@Test
	@Order(2)
	void askedToStopItSaysGoodbyeAndEnds() throws Exception {
		try (StompReader reader = reader()) {
			reader.subscribe("/topic/scores");

			FANFARE.getDockerClient().stopContainerCmd(FANFARE.getContainerId()).withTimeout(30).exec();

			assertThat(reader.closed().get(5, TimeUnit.SECONDS)).as("service restart").isEqualTo(1012);
			assertThat(state().getExitCodeLong()).as("ended by SIGTERM, not killed").isZero();
		}
	}

	private static ExecResult log(String... flags) throws Exception {
		List<String> command = new ArrayList<>(List.of("java", "@java.options"));
		command.addAll(List.of(flags));
		command.addAll(List.of("-XX:AOTCache=fanfare.aot", "-jar", "fanfare.jar", "log"));
		return FANFARE.execInContainer(command.toArray(String[]::new));
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.http.send(HttpRequest.newBuilder(uri("http", path)).build(), HttpResponse.BodyHandlers.ofString());
	}

	private HttpResponse<String> publish(String topic, String body) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(uri("http", "/api/topics/" + topic + "/publications"))
			.header("Content-Type", "text/plain")
			.header("Authorization", "Bearer " + firstKey())
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		return this.http.send(request, HttpResponse.BodyHandlers.ofString());
	}

	/** Return the key that the first start has shown. */
	private static String firstKey() {
		Matcher key = KEY.matcher(FANFARE.getLogs());
		assertThat(key.find()).as("a key in the log").isTrue();
		return key.group();
	}

	private StompReader reader() throws InterruptedException {
		return StompReader.connect(this.http, uri("ws", "/ws"));
	}

	private static URI uri(String scheme, String path) {
		return URI.create("%s://%s:%d%s".formatted(scheme, FANFARE.getHost(), FANFARE.getMappedPort(8080), path));
	}

	private static InspectContainerResponse.ContainerState state() {
		return FANFARE.getDockerClient().inspectContainerCmd(FANFARE.getContainerId()).exec().getState();
	}

	private static ImageFromDockerfile image() {
		return new ImageFromDockerfile().withFileFromPath("Dockerfile", Path.of("Dockerfile"))
			.withFileFromPath("target/" + JAR.getFileName(), JAR)
			.withFileFromPath("deploy/docker", DOCKER)
			.withBuildArg("JDK_IMAGE", substituted(JDK_IMAGE))
			.withBuildArg("BASE_IMAGE", substituted(BASE_IMAGE));
	}

	private static String substituted(DockerImageName image) {
		return ImageNameSubstitutor.instance().apply(image).asCanonicalNameString();
	}

	private static void lockDown(HostConfig host) {
		host.withReadonlyRootfs(true).withCapDrop(Capability.ALL).withSecurityOpts(List.of("no-new-privileges:true"));
	}

}
