package dev.fanfare.stomp;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.fanfare.testing.Frame;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.simp.user.SimpUserRegistry;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.messaging.AbstractSubProtocolEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Session events, interceptors and the user registry work as Spring developers expect.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import({ SessionEventTests.Guard.class, SessionEventTests.Diary.class })
class SessionEventTests {

	@LocalServerPort
	private int port;

	@Autowired
	private Diary diary;

	@Autowired
	private SimpUserRegistry users;

	@Autowired
	private SimpMessagingTemplate template;

	private Swarm swarm;

	@BeforeEach
	void open() {
		this.swarm = new Swarm(this.port);
	}

	@AfterEach
	void close() {
		this.swarm.close();
	}

	@Test
	void eachStepOfASessionIsToldOnce() {
		StompClient client = StompClient.connect(this.swarm);
		String session = client.connected().header("session");

		client.subscribe("1", "/topic/news");
		client.answered("UNSUBSCRIBE", Map.of("id", "1"), "");
		client.answered("DISCONNECT", Map.of(), "");

		Waiting.until("the end is told", () -> this.diary.of(session).contains("SessionDisconnectEvent"));
		assertThat(this.diary.of(session)).containsExactly("SessionConnectEvent", "SessionConnectedEvent",
				"SessionSubscribeEvent", "SessionUnsubscribeEvent", "SessionDisconnectEvent");
	}

	@Test
	void theEndOfAVanishedClientIsToldOnce() {
		StompClient client = StompClient.connect(this.swarm);
		String session = client.connected().header("session");

		client.wire().vanish();

		Waiting.until("the end is told", () -> this.diary.of(session).contains("SessionDisconnectEvent"));
		assertThat(this.diary.of(session)).containsOnlyOnce("SessionDisconnectEvent");
	}

	@Test
	void whatAnInterceptorRefusesIsNotDoneAndTheClientIsTold() {
		StompClient reader = StompClient.connect(this.swarm).subscribe("1", "/topic/guarded");
		StompClient sender = StompClient.connect(this.swarm);
		sender.connected();

		Frame answer = sender.answered("SEND", Map.of("destination", "/topic/guarded", "forbidden", "yes"), "bad");

		assertThat(answer.command()).isEqualTo("ERROR");
		assertThat(answer.header("type")).isEqualTo("rejected");
		assertThat(sender.closed().code()).isEqualTo(1008);
		assertThat(reader.answered("SEND", Map.of("destination", "/topic/guarded"), "good").command())
			.isEqualTo("RECEIPT");
		Waiting.until("the good one has come", () -> !reader.received().isEmpty());
		assertThat(reader.received()).extracting(Frame::body).containsExactly("good");
	}

	@Test
	void nothingIsSeenOfATransactionOfWhichAnInterceptorRefusesAPart() {
		StompClient reader = StompClient.connect(this.swarm)
			.subscribe("1", "/topic/part.one")
			.subscribe("2", "/topic/part.two");
		StompClient sender = StompClient.connect(this.swarm);
		sender.connected();
		sender.answered("BEGIN", Map.of("transaction", "t"), "");
		sender.answered("SEND", Map.of("destination", "/topic/part.one", "transaction", "t"), "part");
		sender.answered("SEND", Map.of("destination", "/topic/part.two", "transaction", "t", "forbidden", "yes"),
				"bad");

		Frame answer = sender.answered("COMMIT", Map.of("transaction", "t"), "");

		assertThat(answer.command()).isEqualTo("ERROR");
		assertThat(answer.header("type")).isEqualTo("rejected");
		reader.answered("SEND", Map.of("destination", "/topic/part.one"), "one");
		reader.answered("SEND", Map.of("destination", "/topic/part.two"), "two");
		Waiting.until("both have come", () -> reader.received().size() >= 2);
		assertThat(reader.received()).extracting(Frame::body).containsExactlyInAnyOrder("one", "two");
	}

	@Test
	void aUserWhomAnInterceptorNamesIsKnownAndReachedOnEachOfItsSessions() {
		StompClient desk = user("ada").subscribe("1", "/user/queue/mail");
		StompClient phone = user("ada").subscribe("2", "/user/queue/mail");
		StompClient other = user("bob").subscribe("1", "/user/queue/mail");

		Waiting.until("both sessions are known",
				() -> this.users.getUser("ada") != null && this.users.getUser("ada").getSessions().size() == 2);
		this.template.convertAndSendToUser("ada", "/queue/mail", "for you");

		for (StompClient each : List.of(desk, phone)) {
			Waiting.until("the mail has come", () -> !each.received().isEmpty());
			assertThat(each.received()).extracting(Frame::body).containsExactly("for you");
		}
		other.answered("SEND", Map.of("destination", "/topic/nobody-listens"), "x");
		assertThat(other.received()).isEmpty();
	}

	@Test
	void nobodyCanListenAtTheQueueOfAnother() {
		StompClient ada = user("ada").subscribe("1", "/user/queue/mail");
		String session = ada.connected().header("session");

		for (String destination : List.of("/queue/mail-user" + session, "/queue/mail", "/user/ada/queue/mail")) {
			StompClient spy = user("eve");
			Frame answer = spy.answered("SUBSCRIBE", Map.of("id", "1", "destination", destination), "");
			this.template.convertAndSendToUser("ada", "/queue/mail", destination);
			Waiting.until("the mail has come",
					() -> ada.received().stream().anyMatch((frame) -> frame.body().equals(destination)));

			assertThat(spy.received()).as(destination).noneMatch((frame) -> frame.command().equals("MESSAGE"));
			assertThat(answer.command()).as(destination).isEqualTo("ERROR");
		}
	}

	@Test
	void nobodyCanSendToTheQueueOfAnother() {
		StompClient ada = user("ada").subscribe("1", "/user/queue/mail");

		for (String destination : List.of("/user/ada/queue/mail", "/user/queue/mail", "/queue/mail",
				"/queue/mail-user" + ada.connected().header("session"))) {
			Frame answer = user("eve").answered("SEND", Map.of("destination", destination), "forged");

			assertThat(answer.command()).as(destination).isEqualTo("ERROR");
			assertThat(answer.header("type")).as(destination).isIn("access-denied", "unknown-destination");
		}
		ada.answered("SEND", Map.of("destination", "/topic/nobody-listens"), "x");
		assertThat(ada.received()).isEmpty();
	}

	private StompClient user(String name) {
		StompClient client = StompClient.connect(this.swarm, Map.of("login", name), Map.of());
		client.connected();
		return client;
	}

	/** Name users and refuse some frames, as an application may. */
	@TestConfiguration(proxyBeanMethods = false)
	static class Guard implements WebSocketMessageBrokerConfigurer, ChannelInterceptor {

		@Override
		public void configureClientInboundChannel(ChannelRegistration registration) {
			registration.interceptors(this);
		}

		@Override
		public Message<?> preSend(Message<?> message, MessageChannel channel) {
			StompHeaderAccessor accessor = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
			if (accessor == null) {
				return message;
			}
			if ("yes".equals(accessor.getFirstNativeHeader("forbidden"))) {
				throw new MessageDeliveryException(message, "forbidden");
			}
			String login = accessor.getLogin();
			if (StompCommand.CONNECT.equals(accessor.getCommand()) && login != null) {
				accessor.setUser(new Named(login));
			}
			return message;
		}

	}

	record Named(String name) implements Principal {

		@Override
		public String getName() {
			return this.name;
		}

	}

	/** Note the events of each session. */
	static class Diary {

		private final List<Entry> entries = new CopyOnWriteArrayList<>();

		@EventListener
		void note(AbstractSubProtocolEvent event) {
			this.entries.add(new Entry(StompHeaderAccessor.getSessionId(event.getMessage().getHeaders()),
					event.getClass().getSimpleName()));
		}

		private List<String> of(String session) {
			return this.entries.stream().filter((entry) -> session.equals(entry.session())).map(Entry::event).toList();
		}

		private record Entry(@Nullable String session, String event) {
		}

	}

}
