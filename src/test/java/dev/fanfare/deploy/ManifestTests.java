package dev.fanfare.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.convert.DurationStyle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What is in deploy/ fits together, and fits the image and the settings. */
class ManifestTests {

	private static final String LABEL = "app.kubernetes.io/name";

	private static final Map<String, Object> DEFAULTS = Manifests.yaml(Path.of("application.yml"));

	private static final Map<String, Object> SETTINGS = Manifests.yaml(Manifests.FOLDER.resolve("application.yml"));

	private final StatefulSet set = Manifests.read("statefulset.yaml", StatefulSet.class);

	private final PodSpec pod = this.set.getSpec().getTemplate().getSpec();

	private final Container container = this.pod.getContainers().getFirst();

	static Stream<Path> manifests() throws IOException {
		return Files.list(Manifests.FOLDER)
			.filter((file) -> file.toString().endsWith(".yaml") && !file.endsWith("kustomization.yaml"));
	}

	@ParameterizedTest
	@MethodSource("manifests")
	void eachIsOfItsKindAndIsFoundByItsName(Path file) {
		HasMetadata manifest = Manifests.typed(Manifests.yaml(file));

		assertThat(manifest.getMetadata().getName()).isEqualTo("fanfare");
	}

	@Test
	void aFieldThatIsNotThereIsNoticed() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Manifests.typed(Map.of("apiVersion", "v1", "kind", "Service", "spec",
					Map.of("ports", List.of(Map.of("prot", 80))))))
			.withMessageContaining("prot");
	}

	@Test
	void theKustomizationHasEachThatIsNoExample() throws IOException {
		Map<String, Object> kustomization = Manifests.yaml(Manifests.FOLDER.resolve("kustomization.yaml"));

		assertThat((List<?>) kustomization.get("resources")).map(Object::toString)
			.containsExactlyInAnyOrderElementsOf(manifests().map((file) -> file.getFileName().toString())
				.filter((name) -> !name.contains(".example."))
				.toList());
		assertThat(Manifests.FOLDER.resolve("application.yml")).exists();
	}

	@Test
	void everythingFindsThePod() {
		Map<String, String> labels = this.set.getSpec().getTemplate().getMetadata().getLabels();
		Map<String, String> wanted = Map.of(LABEL, labels.get(LABEL));

		assertThat(this.set.getSpec().getSelector().getMatchLabels()).isEqualTo(wanted);
		assertThat(Manifests.read("service.yaml", Service.class).getSpec().getSelector()).isEqualTo(wanted);
		assertThat(
				Manifests.read("networkpolicy.yaml", NetworkPolicy.class).getSpec().getPodSelector().getMatchLabels())
			.isEqualTo(wanted);
		assertThat(Manifests.read("poddisruptionbudget.yaml", PodDisruptionBudget.class)
			.getSpec()
			.getSelector()
			.getMatchLabels()).isEqualTo(wanted);
	}

	@Test
	void thePortIsTheServersAllTheWay() {
		var port = this.container.getPorts().getFirst();
		var service = Manifests.read("service.yaml", Service.class).getSpec().getPorts().getFirst();
		var policy = Manifests.read("networkpolicy.yaml", NetworkPolicy.class);
		var backend = Manifests.read("ingress.example.yaml", Ingress.class)
			.getSpec()
			.getRules()
			.getFirst()
			.getHttp()
			.getPaths()
			.getFirst()
			.getBackend()
			.getService();

		assertThat(port.getContainerPort()).isEqualTo(Manifests.at(DEFAULTS, "server", "port"));
		assertThat(service.getTargetPort().getStrVal()).isEqualTo(port.getName());
		assertThat(policy.getSpec().getIngress().getFirst().getPorts().getFirst().getPort().getStrVal())
			.isEqualTo(port.getName());
		assertThat(backend.getPort().getName()).isEqualTo(service.getName());
		assertThat(probes())
			.allSatisfy((probe) -> assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo(port.getName()));
	}

	@Test
	void theProbesAskWhatTheServerServes() {
		assertThat(probes()).extracting((probe) -> probe.getHttpGet().getPath())
			.containsExactly("/livez", "/livez", "/readyz");
		assertThat(Manifests.at(DEFAULTS, "management", "endpoint", "health", "probes", "add-additional-paths"))
			.as("served on the clients' port, whatever the port of the rest")
			.isEqualTo(true);
	}

	@Test
	void itIsRunAsTheImagesUserWithNothingToWriteButItsVolumes() throws IOException {
		String dockerfile = Files.readString(Path.of("Dockerfile"));
		long user = Long.parseLong(found(dockerfile, "(?m)^USER (\\d+):"));
		String data = found(dockerfile, "FANFARE_ENGINE_EMBEDDED_PATH=(\\S+)");

		assertThat(this.pod.getSecurityContext().getRunAsNonRoot()).isTrue();
		assertThat(List.of(this.pod.getSecurityContext().getRunAsUser(), this.pod.getSecurityContext().getRunAsGroup(),
				this.pod.getSecurityContext().getFsGroup()))
			.containsOnly(user);
		assertThat(this.container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
		assertThat(this.container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
		assertThat(this.container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
		assertThat(this.pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
		assertThat(this.container.getEnv()).singleElement()
			.satisfies((path) -> assertThat(path.getValue()).isEqualTo(data));
		assertThat(this.container.getVolumeMounts()).extracting(VolumeMount::getMountPath)
			.containsExactly(data, "/tmp", found(dockerfile, "(?m)^WORKDIR (/app)") + "/config");
		assertThat(this.set.getSpec().getVolumeClaimTemplates().getFirst().getMetadata().getName())
			.isEqualTo(this.container.getVolumeMounts().getFirst().getName());
		assertThat(this.set.getSpec().getReplicas()).as("processes with one log").isEqualTo(1);
	}

	@Test
	void nobodyIsKilledWhileItDrains() throws IOException {
		assertThat(Duration.ofSeconds(this.pod.getTerminationGracePeriodSeconds())).isGreaterThan(longest(SETTINGS));
		assertThat(seconds(Path.of("docker-compose.yml"), "stop_grace_period: (\\d+)s"))
			.isGreaterThan(longest(DEFAULTS));
		assertThat(seconds(Path.of("deploy", "systemd", "fanfare.service"), "TimeoutStopSec=(\\d+)"))
			.isGreaterThan(longest(DEFAULTS));
	}

	@Test
	void eachSettingOfTheClusterIsOne() {
		List<String> known = names("", DEFAULTS);

		assertThat(names("", SETTINGS)).isNotEmpty().allSatisfy((name) -> assertThat(known).contains(name));
	}

	@Test
	void noProxyIsBelievedWhileThereIsNone() {
		assertThat(Manifests.yaml(Manifests.FOLDER.resolve("kustomization.yaml")).get("resources").toString())
			.doesNotContain("ingress");
		assertThat(SETTINGS).doesNotContainKey("server");
	}

	@Test
	void whatIsCommentedOutForTheManagementPortFitsTogether() throws IOException {
		Container container = ((StatefulSet) Manifests.typed(uncommented("statefulset.yaml"))).getSpec()
			.getTemplate()
			.getSpec()
			.getContainers()
			.getFirst();
		Map<String, Object> settings = uncommented("application.yml");
		var rule = ((NetworkPolicy) Manifests.typed(uncommented("networkpolicy.yaml"))).getSpec()
			.getIngress()
			.getLast();

		assertThat(container.getPorts().getLast().getContainerPort())
			.isEqualTo(Manifests.at(settings, "management", "server", "port"));
		assertThat(Manifests.at(settings, "management", "server", "address")).isEqualTo("0.0.0.0");
		assertThat(Manifests.at(settings, "server", "forward-headers-strategy")).isEqualTo("native");
		assertThat(rule.getPorts().getFirst().getPort().getStrVal())
			.isEqualTo(container.getPorts().getLast().getName());
		assertThat(rule.getFrom()).isNotEmpty();
	}

	/** Read a file with the lines that are commented out, and without sentences. */
	private static Map<String, Object> uncommented(String file) throws IOException {
		String text = Files.readString(Manifests.FOLDER.resolve(file));
		return Manifests.yaml(text.replaceAll("(?m)^( *)# ( *(- )?[a-zA-Z./-]+:( \\S+)?)$", "$1$2"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "deploy/nginx/fanfare.conf", "deploy/kubernetes/ingress.example.yaml" })
	void aProxyDoesNotCutWhoIsPinged(String file) throws IOException {
		Duration quiet = duration(DEFAULTS, "fanfare", "websocket", "keep-alive");

		assertThat(seconds(Path.of(file), "proxy[_-]read[_-]timeout:? \"?(\\d+)")).isGreaterThan(quiet.multipliedBy(2));
	}

	private List<Probe> probes() {
		return List.of(this.container.getStartupProbe(), this.container.getLivenessProbe(),
				this.container.getReadinessProbe());
	}

	/** Return the most that stopping takes, as docs/operations.md says. */
	private static Duration longest(Map<String, Object> settings) {
		return duration(settings, "fanfare", "websocket", "drain", "delay")
			.plus(duration(settings, "fanfare", "websocket", "drain", "period"))
			.plus(duration(settings, "fanfare", "websocket", "shutdown-timeout"))
			.plus(duration(settings, "spring", "lifecycle", "timeout-per-shutdown-phase"));
	}

	private static Duration duration(Map<String, Object> settings, String... keys) {
		return DurationStyle.detectAndParse(Manifests.at(settings, keys).toString());
	}

	private static Duration seconds(Path file, String pattern) throws IOException {
		return Duration.ofSeconds(Long.parseLong(found(Files.readString(file), pattern)));
	}

	private static String found(String text, String pattern) {
		return Pattern.compile(pattern)
			.matcher(text)
			.results()
			.map((MatchResult result) -> result.group(1))
			.findFirst()
			.orElseThrow(() -> new AssertionError("There is no " + pattern));
	}

	private static List<String> names(String prefix, Map<?, ?> settings) {
		List<String> names = new ArrayList<>();
		settings.forEach((key, value) -> {
			if (value instanceof Map<?, ?> inner) {
				names.addAll(names(prefix + key + ".", inner));
			}
			else {
				names.add(prefix + key);
			}
		});
		return names;
	}

}
