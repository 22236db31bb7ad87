package dev.fanfare.http;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.fanfare.access.Authorizer;
import dev.fanfare.access.Passage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletRequestListener;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.FilterMapping;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHandler;
import org.eclipse.jetty.ee11.websocket.servlet.WebSocketUpgradeFilter;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationProperties;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationRegistryCustomizer;
import org.springframework.boot.servlet.filter.OrderedCharacterEncodingFilter;
import org.springframework.boot.servlet.filter.OrderedRequestContextFilter;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;

/**
 * Know who wants to see a request to publish, or to decide about it: the application,
 * which may have put something in its way, and those who measure.
 */
@Component
class Onlookers {

	private static final Logger logger = LoggerFactory.getLogger(Onlookers.class);

	/** A path that is published to. */
	private static final String SAMPLE = "/api/topics/a/publications";

	private static final String SPRING_SECURITY = "springSecurityFilterChain";

	/**
	 * Filters of Spring and Jetty that such a request need not pass: they are for forms,
	 * pages and upgrades, and {@link #published} measures.
	 */
	private static final Set<Class<?>> OTHERS = Set.of(OrderedCharacterEncodingFilter.class,
			OrderedRequestContextFilter.class, ResourceUrlEncodingFilter.class, ServerHttpObservationFilter.class,
			WebSocketUpgradeFilter.class);

	/** What an application may have that is asked or told on the way of the servlets. */
	private static final List<Class<?>> TOLD = List.of(Authorizer.class, Tracer.class,
			ServerRequestObservationConvention.class, GlobalObservationConvention.class, ObservationFilter.class,
			ObservationPredicate.class, ObservationHandler.class, ObservationRegistryCustomizer.class);

	private final ListableBeanFactory beans;

	private final @Nullable Timer timer;

	Onlookers(ListableBeanFactory beans, ObservationProperties properties, ObservationRegistry observations,
			MeterRegistry meters) {
		this.beans = beans;
		String name = properties.getHttp().getServer().getRequests().getName();
		boolean measured = !Observation.createNotStarted(name, observations).isNoop();
		this.timer = measured ? timer(name, properties, meters) : null;
	}

	/** Return what measures publishing by way of the servlets, with the same tags. */
	private static Timer timer(String name, ObservationProperties properties, MeterRegistry meters) {
		Timer.Builder timer = Timer.builder(name)
			.tags("error", "none", "exception", "none", "method", HttpMethod.POST.name(), "outcome", "SUCCESS",
					"status", "201", "uri", PublicationController.PATH);
		properties.getKeyValues().forEach(timer::tag);
		return timer.register(meters);
	}

	/**
	 * Note that a publication was accepted that had begun at that
	 * {@link System#nanoTime()}.
	 */
	void published(long begin) {
		if (this.timer != null) {
			this.timer.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
		}
	}

	/** Tell whether there is nobody but those who measure. */
	boolean areNone(ServletContextHandler servlets) {
		List<String> there = Stream.concat(beans(), servlets(servlets)).sorted().distinct().toList();
		if (!there.isEmpty()) {
			logger.info("Publishing by HTTP takes the longer way, past {}", String.join(", ", there));
		}
		return there.isEmpty();
	}

	private Stream<String> beans() {
		return TOLD.stream()
			.flatMap((type) -> this.beans.getBeansOfType(type).values().stream())
			.map(Object::getClass)
			.filter((type) -> type != DefaultMeterObservationHandler.class
					&& !type.getName().startsWith("org.springframework.boot."))
			.map(Class::getName);
	}

	private static Stream<String> servlets(ServletContextHandler servlets) {
		Stream<String> listeners = servlets.getEventListeners()
			.stream()
			.filter(ServletRequestListener.class::isInstance)
			.map((listener) -> listener.getClass().getName());
		Stream<String> path = "/".equals(servlets.getContextPath()) ? Stream.empty()
				: Stream.of("server.servlet.context-path");
		return Stream.of(listeners, path, filters(servlets.getServletHandler())).flatMap((each) -> each);
	}

	private static Stream<String> filters(ServletHandler servlets) {
		return Stream.of(servlets.getFilterMappings())
			.filter(Onlookers::isOnTheWay)
			.map(FilterMapping::getFilterName)
			.distinct()
			.map(servlets::getFilter)
			.filter((holder) -> !isNothingTo(holder))
			.map(FilterHolder::getClassName);
	}

	private static boolean isOnTheWay(FilterMapping mapping) {
		return mapping.getPathSpecs() == null
				|| Stream.of(mapping.getPathSpecs()).anyMatch((spec) -> new ServletPathSpec(spec).matches(SAMPLE));
	}

	private static boolean isNothingTo(FilterHolder holder) {
		Filter filter = holder.getFilter();
		return filter instanceof Passage || filter != null && OTHERS.contains(filter.getClass())
				|| filter instanceof DelegatingFilterProxy && holder.getName().equals(SPRING_SECURITY);
	}

}
