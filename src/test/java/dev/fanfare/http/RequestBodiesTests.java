package dev.fanfare.http;

import java.io.IOException;
import java.time.Duration;

import dev.fanfare.limits.LimitReached;
import dev.fanfare.limits.Limits;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What has come of large bodies counts as what is not ended. */
@SpringJUnitConfig
@TestPropertySource(properties = "fanfare.limits.unfinished=1MB")
@Import({ Limits.class, SimpleMeterRegistry.class })
@ConfigurationPropertiesScan("dev.fanfare.limits")
class RequestBodiesTests {

	@Autowired
	private Limits limits;

	@Autowired
	private MeterRegistry meters;

	@Test
	void anAddressHasAQuarterOfTheRoomForBodies() throws Exception {
		assertThat(read(200 * 1024)).hasSize(200 * 1024);

		assertThatExceptionOfType(LimitReached.class).isThrownBy(() -> read(300 * 1024));

		assertThat(this.meters.get("fanfare.limits.unfinished").gauge().value()).isZero();
	}

	private byte[] read(int size) throws IOException, ServletException {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/publications");
		request.setRemoteAddr("192.0.2.1");
		request.setContent(new byte[size]);
		byte[][] body = new byte[1][];
		new LimitFilter(() -> this.limits, (asked, response, handler, ex) -> null, true).doFilter(request,
				new MockHttpServletResponse(),
				(passed, response) -> body[0] = RequestBodies.read((HttpServletRequest) passed, DataSize.ofMegabytes(1),
						"fanfare.http.max-batch-bytes", Duration.ofSeconds(10)));
		return body[0];
	}

}
