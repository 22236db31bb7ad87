package dev.fanfare.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** See that {@code mvnw} finds or fetches a Maven, whatever the machine has. */
class MavenWrapperIT {

	private static final Path PROJECT = Path.of("").toAbsolutePath();

	private static final String PINNED = "3.9.11";

	private static final String REPOSITORY = System.getProperty("fanfare.maven.repository");

	@TempDir
	private static Path downloads;

	@TempDir
	private Path folder;

	private Path project;

	private Path userHome;

	private Shell shell;

	@BeforeAll
	static void theArchiveAsItIsServed() throws Exception {
		Process copy = new ProcessBuilder(realMaven(), "-q", "-B",
				"org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy",
				"-Dartifact=org.apache.maven:apache-maven:%s:tar.gz:bin".formatted(PINNED),
				"-DoutputDirectory=" + downloads, "-Dmaven.repo.local=" + REPOSITORY)
			.inheritIO()
			.start();
		assertThat(copy.waitFor()).isZero();
	}

	@BeforeEach
	void aProjectWithNothingOnThePath() throws IOException {
		this.project = Files.createDirectories(this.folder.resolve("project"));
		this.userHome = Files.createDirectories(this.folder.resolve("user"));
		Files.writeString(this.project.resolve("pom.xml"), "<project/>");
		Files.copy(PROJECT.resolve("mvnw"), this.project.resolve("mvnw"));
		Shell.executable(this.project.resolve("bin/jdk-home"), "echo 'No JDK here' >&2; exit 1");
		this.shell = new Shell(this.folder.resolve("tools"),
				Map.of("HOME", System.getProperty("user.home"), "MAVEN_USER_HOME", this.userHome.toString(),
						"JAVA_HOME", System.getProperty("java.home"), "MAVEN_OPTS", "-Dmaven.repo.local=" + REPOSITORY))
			.with("sh", "dirname", "sed", "head", "awk", "cut", "mkdir", "mktemp", "mv", "rm", "tar", "gzip", "uname",
					"basename", "cat", "ls", "expr", "sha512sum", "shasum");
	}

	@Test
	void aRecentMavenOnThePathIsUsed() throws Exception {
		this.shell.withScript("mvn", maven("3.6.3"));

		Shell.Result result = mvnw(this.project, "-B", "two words");

		assertThat(result.output()).isEqualTo("in %s: <-B><two words>%n".formatted(this.project));
		assertThat(installed()).isEmpty();
	}

	@Test
	void calledFromAFolderWithoutAProjectItBuildsItsOwn() throws Exception {
		this.shell.withScript("mvn", maven("4.0.0-rc-4"));

		assertThat(mvnw(this.folder, "verify").output()).isEqualTo("in %s: <verify>%n".formatted(this.project));
	}

	@Test
	void calledFromAnotherProjectItBuildsThat() throws Exception {
		this.shell.withScript("mvn", maven("3.10.0"));
		Path other = Files.createDirectories(this.folder.resolve("other"));
		Files.writeString(other.resolve("pom.xml"), "<project/>");

		assertThat(mvnw(other, "verify").output()).isEqualTo("in %s: <verify>%n".formatted(other));
		assertThat(mvnw(this.folder, "-f", "other").output()).isEqualTo("in %s: <-f><other>%n".formatted(this.folder));
	}

	@Test
	void anOldMavenFetchesThePinnedOneOnce() throws Exception {
		this.shell.withScript("mvn", "[ \"$1\" != --version ] || { echo 'Apache Maven 3.5.4 (abc)'; exit; }\n"
				+ "echo fetching\nexec %s \"$@\"\n".formatted(realMaven()));

		Shell.Result first = mvnw(this.project, "--version");
		Shell.Result second = mvnw(this.project, "--version");

		assertThat(first.output()).contains("Maven 3.5.4 is older than 3.6.3", "Apache Maven " + PINNED);
		assertThat(second.output()).contains("Apache Maven " + PINNED).doesNotContain("fetching");
		assertThat(installed()).hasSize(1);
	}

	@Test
	void withoutAMavenItIsDownloaded() throws Exception {
		Path archive = downloads.resolve("apache-maven-%s-bin.tar.gz".formatted(PINNED));
		this.shell.withScript("curl",
				"for last; do :; done\necho \"curl $last\" >&2\ncat %s >\"$3\"\n".formatted(archive));

		Shell.Result result = mvnw(this.folder, "--version");

		assertThat(result.output()).contains("curl https://archive.apache.org/dist/maven/maven-3/" + PINNED,
				"Apache Maven " + PINNED);
		assertThat(installed()).hasSize(1);
	}

	@Test
	void aWrongChecksumInstallsNothing() throws Exception {
		this.shell.withScript("wget", "echo tampered >\"$3\"\n");

		Shell.Result result = mvnw(this.project, "--version");

		assertThat(result.exitCode()).isEqualTo(1);
		assertThat(result.output()).contains("Wrong SHA-512 for Maven " + PINNED + "; nothing was installed.");
		assertThat(installed()).isEmpty();
	}

	@Test
	void withoutAnythingToFetchWithItSaysWhatToInstall() throws Exception {
		Shell.Result result = mvnw(this.project, "--version");

		assertThat(result.exitCode()).isEqualTo(1);
		assertThat(result.output()).contains("Neither curl nor wget is there");
		assertThat(installed()).isEmpty();
	}

	@Test
	void withoutJavaItSaysSo() throws Exception {
		Shell withoutJava = new Shell(this.folder.resolve("tools"), Map.of("HOME", this.userHome.toString()));

		Shell.Result result = withoutJava.run(this.folder, this.project.resolve("mvnw"), "verify");

		assertThat(result.exitCode()).isEqualTo(1);
		assertThat(result.output()).contains("No JDK here", "mvnw: Maven needs Java, and none was found.");
	}

	private Shell.Result mvnw(Path from, String... arguments) throws Exception {
		return this.shell.run(from,
				Stream.concat(Stream.of(this.project.resolve("mvnw")), Stream.of(arguments)).toArray());
	}

	private List<Path> installed() throws IOException {
		Path dists = this.userHome.resolve("wrapper/dists");
		if (!Files.exists(dists)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(dists)) {
			return files.toList();
		}
	}

	private static String maven(String version) {
		return """
				[ "$1" != --version ] || { echo 'Apache Maven %s (abc)'; exit; }
				printf 'in %%s: ' "$(pwd -P)"
				printf '<%%s>' "$@"
				echo
				""".formatted(version);
	}

	/** The Maven that runs this build may use the network, as the build does. */
	private static String realMaven() {
		return System.getProperty("fanfare.maven") + "/bin/mvn";
	}

}
