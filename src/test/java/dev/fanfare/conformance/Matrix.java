package dev.fanfare.conformance;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Run checks, several at a time, and show how each went. */
record Matrix(List<Row> rows) {

	private static final int AT_A_TIME = 8;

	static Matrix of(Server server, List<Check> checks) {
		try (ExecutorService executor = Executors.newFixedThreadPool(AT_A_TIME)) {
			List<CompletableFuture<Row>> rows = checks.stream()
				.map((check) -> CompletableFuture.supplyAsync(() -> new Row(check, run(server, check)), executor))
				.toList();
			return new Matrix(rows.stream().map(CompletableFuture::join).toList());
		}
	}

	/** Return why the server does not pass, or an empty text. */
	private static String run(Server server, Check check) {
		try (Server own = server.again()) {
			check.body().run(own);
			return "";
		}
		catch (AssertionError | RuntimeException ex) {
			return String.valueOf(ex.getMessage()).strip().replaceAll("\\s+", " ");
		}
	}

	List<String> passed() {
		return this.rows.stream().filter(Row::passed).map((row) -> row.check().id()).toList();
	}

	/** Return the ids of failed checks of the standard. */
	List<String> failed() {
		return this.rows.stream()
			.filter((row) -> !row.passed() && row.check().standard())
			.map((row) -> row.check().id())
			.toList();
	}

	@Override
	public String toString() {
		StringBuilder table = new StringBuilder("| check | section | of | result |\n|---|---|---|---|\n");
		this.rows.forEach((row) -> table.append("| %s | %s | %s | %s |\n".formatted(row.check().id(),
				row.check().section(), row.check().standard() ? "STOMP" : "Fanfare",
				row.passed() ? "passed" : "FAILED: " + shortened(row.why()))));
		return table + "\n%s of the standard and %s of Fanfare's own passed\n".formatted(score(true), score(false));
	}

	private String score(boolean standard) {
		List<Row> counted = this.rows.stream().filter((row) -> row.check().standard() == standard).toList();
		return "%d of %d checks".formatted(counted.stream().filter(Row::passed).count(), counted.size());
	}

	private static String shortened(String why) {
		return ((why.length() <= 160) ? why : why.substring(0, 160) + "...").replace("|", "\\|");
	}

	record Row(Check check, String why) {

		boolean passed() {
			return this.why.isEmpty();
		}

	}

}
