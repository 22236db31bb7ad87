package dev.fanfare.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Read what is in {@code deploy}, and refuse fields that Kubernetes does not know. */
final class Manifests {

	static final Path FOLDER = Path.of("deploy", "kubernetes");

	private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of("apps/v1 StatefulSet",
			StatefulSet.class, "v1 Service", Service.class, "v1 Secret", Secret.class, "networking.k8s.io/v1 Ingress",
			Ingress.class, "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class, "policy/v1 PodDisruptionBudget",
			PodDisruptionBudget.class);

	/** The models would keep unknown fields. */
	private static final JsonMapper STRICT = JsonMapper.builder()
		.annotationIntrospector(new JacksonAnnotationIntrospector() {

			@Override
			public Boolean hasAnySetter(Annotated annotated) {
				return false;
			}

		})
		.build();

	private Manifests() {
	}

	/** Read a YAML file with one document; a key that comes twice is refused. */
	static Map<String, Object> yaml(Path file) {
		try {
			return yaml(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Read one document of YAML; a key that comes twice is refused. */
	static Map<String, Object> yaml(String text) {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		return new Yaml(new SafeConstructor(options)).load(text);
	}

	/** Read a manifest of that kind. */
	static <T extends HasMetadata> T read(String name, Class<T> kind) {
		return kind.cast(typed(yaml(FOLDER.resolve(name))));
	}

	/** Turn a manifest into its kind. */
	static HasMetadata typed(Map<String, Object> manifest) {
		String kind = manifest.get("apiVersion") + " " + manifest.get("kind");
		Class<? extends HasMetadata> type = KINDS.get(kind);
		if (type == null) {
			throw new IllegalArgumentException("Not a kind that is expected here: " + kind);
		}
		return STRICT.convertValue(manifest, type);
	}

	/** Return the value at a path of keys. */
	static Object at(Map<String, Object> yaml, String... keys) {
		Object value = yaml;
		for (String key : List.of(keys)) {
			value = ((Map<?, ?>) value).get(key);
			if (value == null) {
				throw new IllegalArgumentException("There is no " + String.join(".", keys));
			}
		}
		return value;
	}

}
