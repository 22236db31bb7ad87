package dev.fanfare.access;

import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

/** What is logged names whom it is about, and nobody else. */
class LogContextTests {

	@Test
	void oneWithinAnotherLeavesThatAsItWas() {
		try (LogContext outer = LogContext.of("1", new Caller.User("ada"))) {
			try (LogContext inner = LogContext.of(null, new Caller.User("bob"))) {
				assertThat(MDC.get(LogContext.SESSION)).isEqualTo("1");
				assertThat(MDC.get(LogContext.USER)).isEqualTo("bob");
			}

			assertThat(MDC.get(LogContext.SESSION)).isEqualTo("1");
			assertThat(MDC.get(LogContext.USER)).isEqualTo("ada");
		}
		assertThat(MDC.get(LogContext.SESSION)).isNull();
		assertThat(MDC.get(LogContext.USER)).isNull();
	}

}
