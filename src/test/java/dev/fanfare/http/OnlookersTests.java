package dev.fanfare.http;

import java.util.EnumSet;
import java.util.stream.Stream;

import dev.fanfare.access.Authorizer;
import dev.fanfare.access.Passage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpFilter;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationProperties;
import org.springframework.boot.servlet.filter.OrderedCharacterEncodingFilter;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.filter.ServerHttpObservationFilter;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever an application puts in the way of publications, sees all of them. */
class OnlookersTests {

	private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

	private final ServletContextHandler servlets = new ServletContextHandler("/");

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final ObservationRegistry observations = ObservationRegistry.create();

	@Test
	void whatIsOfFanfareAndSpringIsNone() throws Exception {
		this.beans.registerSingleton("meters", new DefaultMeterObservationHandler(this.meters));
		filter("passage", new PassingFilter(), "/*");
		filter("encoding", new OrderedCharacterEncodingFilter(), "/*");
		filter("measures", new ServerHttpObservationFilter(this.observations), "/*");
		filter("springSecurityFilterChain", new DelegatingFilterProxy("any"), "/*");
		filter("elsewhere", new HttpFilter() {
		}, "/admin/*");

		assertThat(areNone()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/*", "/api/*", "/api/topics/*" })
	void aFilterOnThePathIsOne(String path) throws Exception {
		filter("own", new HttpFilter() {
		}, path);

		assertThat(areNone()).isFalse();
	}

	@Test
	void aFilterOfAServletIsOne() throws Exception {
		FilterHolder holder = holder("own", new HttpFilter() {
		});
		this.servlets.getServletHandler().addFilter(holder);
		var mapping = new org.eclipse.jetty.ee11.servlet.FilterMapping();
		mapping.setFilterName("own");
		mapping.setServletName("dispatcherServlet");
		this.servlets.getServletHandler().addFilterMapping(mapping);

		assertThat(areNone()).isFalse();
	}

	@Test
	void aFilterThatHasNoPassageIsOneWhateverItIsCalled() throws Exception {
		filter("originFilter", new DelegatingFilterProxy("any"), "/*");

		assertThat(areNone()).isFalse();
	}

	@Test
	void aListenerIsOne() throws Exception {
		this.servlets.addEventListener(new ServletRequestListener() {
		});

		assertThat(areNone()).isFalse();
	}

	@Test
	void underAnotherPathThanTheRootFiltersDecide() throws Exception {
		this.servlets.setContextPath("/push");

		assertThat(areNone()).isFalse();
	}

	@ParameterizedTest
	@MethodSource("told")
	void aBeanThatIsAskedOrToldIsOne(Object bean) throws Exception {
		this.beans.registerSingleton("own", bean);

		assertThat(areNone()).isFalse();
	}

	static Stream<Object> told() {
		Authorizer authorizer = (caller, action, topic) -> Authorizer.Verdict.BY_RULES;
		ObservationPredicate predicate = (name, context) -> true;
		ObservationHandler<?> handler = (context) -> true;
		return Stream.of(authorizer, predicate, handler, Tracer.NOOP, new DefaultServerRequestObservationConvention());
	}

	@Test
	void onlyWhereRequestsAreObservedSomethingIsMeasured() {
		onlookers().published(System.nanoTime());
		this.observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(this.meters));
		onlookers().published(System.nanoTime());

		assertThat(this.meters.find("http.server.requests").timer().count()).isOne();
	}

	private boolean areNone() throws Exception {
		Server server = new Server();
		server.setHandler(this.servlets);
		server.start();
		try {
			return onlookers().areNone(this.servlets);
		}
		finally {
			server.stop();
		}
	}

	private Onlookers onlookers() {
		return new Onlookers(this.beans, new ObservationProperties(), this.observations, this.meters);
	}

	private void filter(String name, Filter filter, String path) {
		this.servlets.addFilter(holder(name, filter), path, EnumSet.of(DispatcherType.REQUEST));
	}

	private static FilterHolder holder(String name, Filter filter) {
		FilterHolder holder = new FilterHolder(filter);
		holder.setName(name);
		return holder;
	}

	private static final class PassingFilter extends HttpFilter implements Passage {

	}

}
