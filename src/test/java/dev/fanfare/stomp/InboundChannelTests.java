package dev.fanfare.stomp;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.support.AbstractSubscribableChannel;
import org.springframework.messaging.support.ChannelInterceptor;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class InboundChannelTests {

	@Autowired
	private AbstractSubscribableChannel clientInboundChannel;

	@Test
	void topicsAreReachedTheShortWayAsLongAsNobodyIsOnTheChannel() {
		assertThat(InboundChannel.isOurs(this.clientInboundChannel)).isTrue();
	}

	@Test
	void anInterceptorOfTheApplicationIsNotPassedBy() {
		ChannelInterceptor interceptor = new ChannelInterceptor() {
		};

		this.clientInboundChannel.addInterceptor(interceptor);

		assertThat(InboundChannel.isOurs(this.clientInboundChannel)).isFalse();
		this.clientInboundChannel.removeInterceptor(interceptor);
		assertThat(InboundChannel.isOurs(this.clientInboundChannel)).isTrue();
	}

	@Test
	void aHandlerOfTheApplicationIsNotPassedBy() {
		MessageHandler handler = (message) -> {
		};

		this.clientInboundChannel.subscribe(handler);

		assertThat(InboundChannel.isOurs(this.clientInboundChannel)).isFalse();
		this.clientInboundChannel.unsubscribe(handler);
		assertThat(InboundChannel.isOurs(this.clientInboundChannel)).isTrue();
	}

}
