package dev.fanfare.demo.game;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.fanfare.testing.Frame;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Play over a real connection: know the game by what the server tells, and fold it. */
final class Contestant {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final StompClient client;

	private final String secret;

	private final AtomicInteger lastReceipt = new AtomicInteger();

	private final List<Frame> replies = new CopyOnWriteArrayList<>();

	private final List<Frame> heard = new CopyOnWriteArrayList<>();

	private final List<GameEvent> events = new CopyOnWriteArrayList<>();

	private volatile GameState state = GameState.NONE;

	private volatile String code = "";

	private volatile String you = "";

	Contestant(Swarm swarm, String secret) {
		this.secret = secret;
		this.client = StompClient.connect(swarm);
		this.client.subscribe("errors", "/user/queue/errors", this::keep);
		this.client.subscribe("game", "/user/queue/game", (frame) -> this.replies.add(frame.copy()));
	}

	/** Return a secret that a browser could have made up. */
	static String secret(String name) {
		return (name + "-".repeat(22)).substring(0, Math.max(22, name.length()));
	}

	/** Begin a private game, and follow it. */
	Contestant creates(int rounds) {
		return follows(send("create", "{\"name\":\"Host\",\"rounds\":%d}".formatted(rounds)));
	}

	Contestant quick(String name) {
		return follows(send("quick", "{\"name\":\"%s\"}".formatted(name)));
	}

	/** Look at a game without a seat, or with the one that is kept. */
	Contestant enters(String game) {
		return follows(send(game + "/enter", ""));
	}

	Contestant joins(String name) {
		return does("join", "{\"name\":\"%s\"}".formatted(name));
	}

	Contestant buzzes() {
		return does("buzz", "{\"round\":%d}".formatted(number()));
	}

	Contestant answers(int choice) {
		return does("answer", "{\"round\":%d,\"choice\":%d}".formatted(number(), choice));
	}

	/** Make a move, which is allowed. */
	Contestant does(String move, String body) {
		Answer answer = tries(move, body);
		if (answer.refused()) {
			throw new AssertionError(answer.toString());
		}
		return this;
	}

	/** Make a move, and say what came of it. */
	Answer tries(String move, String body) {
		return send(this.code + "/" + move, body);
	}

	/** Make a move again and again, whatever comes of it. */
	void hammers(String move, String body, int times) {
		Map<String, String> headers = Map.of("destination", "/app/game/" + this.code + "/" + move, "visitor",
				this.secret, "content-type", "application/json", "receipt", "any");
		for (int time = 0; time < times; time++) {
			this.client.frame("SEND", headers, body.getBytes(StandardCharsets.UTF_8));
		}
	}

	/** Wait for an error of that type, and return what it says. */
	String hears(String type) {
		Waiting.until(type, () -> this.heard.stream().anyMatch((frame) -> frame.header("type").equals(type)));
		return this.heard.stream()
			.filter((frame) -> frame.header("type").equals(type))
			.findFirst()
			.orElseThrow()
			.body();
	}

	Answer send(String path, String body) {
		return asks("/app/game/" + path, Map.of("visitor", this.secret), body);
	}

	Answer asks(String destination, Map<String, String> headers, String body) {
		String receipt = "m" + this.lastReceipt.incrementAndGet();
		Map<String, String> all = new LinkedHashMap<>(headers);
		all.putAll(Map.of("destination", destination, "receipt", receipt, "content-type", "application/json"));
		int before = this.replies.size();
		this.client.frame("SEND", all, body.getBytes(StandardCharsets.UTF_8));
		Waiting.until(destination + " is answered", () -> answer(receipt).isPresent());
		Frame answer = answer(receipt).orElseThrow();
		if (answer.command().equals("MESSAGE") && answer.header("type").equals("rejected")) {
			Waiting.until("the reason is told", () -> this.replies.size() > before);
		}
		return new Answer(answer, (this.replies.size() > before) ? JSON.readTree(this.replies.getLast().body()) : null);
	}

	/** Wait until the game is as it should be, as this player is told. */
	GameState until(String what, Predicate<GameState> wanted) {
		Waiting.until(what, () -> wanted.test(this.state));
		return this.state;
	}

	GameState until(Phase phase) {
		return until("the game is " + phase, (now) -> now.phase() == phase);
	}

	GameState state() {
		return this.state;
	}

	String code() {
		return this.code;
	}

	List<GameEvent> events() {
		return this.events;
	}

	/** Return how others see a player, by the order of the seats. */
	String id(int seat) {
		return this.state.players().get(seat).id();
	}

	String secret() {
		return this.secret;
	}

	/** Return by which id others see this player. */
	String you() {
		return this.you;
	}

	void vanishes() {
		this.client.wire().vanish();
	}

	private int number() {
		Round round = this.state.round();
		return (round != null) ? round.number() : 0;
	}

	private Contestant follows(Answer answer) {
		if (answer.refused() || answer.reply() == null) {
			throw new AssertionError(answer.toString());
		}
		JsonNode entered = answer.reply();
		this.code = entered.get("code").asString();
		this.you = entered.get("you").asString();
		this.state = JSON.treeToValue(entered.get("state"), GameState.class);
		this.client.subscribing("log", Map.of("destination", "/topic/game." + this.code, "resume-after",
				entered.get("position").asString().replace(":", "\\c")), this::fold)
			.join();
		return this;
	}

	private void fold(Frame frame) {
		GameEvent event = JSON.readValue(frame.bytes(), GameEvent.class);
		this.state = this.state.after(event, Long.parseLong(frame.header("timestamp")));
		this.events.add(event);
	}

	private void keep(Frame frame) {
		this.heard.add(frame.copy());
	}

	private Optional<Frame> answer(String receipt) {
		return Stream.concat(this.heard.stream(), this.client.received().stream())
			.filter((frame) -> frame.header("receipt-id").equals(receipt))
			.findFirst();
	}

	/**
	 * Hold what came of a move.
	 *
	 * @param frame a RECEIPT, or what {@code /user/queue/errors} says
	 * @param reply what {@code /user/queue/game} says
	 */
	record Answer(Frame frame, @Nullable JsonNode reply) {

		boolean refused() {
			return !this.frame.command().equals("RECEIPT");
		}

		String type() {
			return this.frame.header("type");
		}

		String reason() {
			return (this.reply != null) ? this.reply.path("reason").asString("") : "";
		}

		String message() {
			return this.frame.body();
		}

	}

}
