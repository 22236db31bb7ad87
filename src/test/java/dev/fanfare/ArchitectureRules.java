package dev.fanfare;

import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The rules of the house, for the house itself and for the fixtures that break them. */
final class ArchitectureRules {

	/** From the ground up: each may use what stands before it. */
	private static final List<String> LINE = List.of("topic", "access", "limits", "broker", "presence", "engine");

	private static final List<String> EDGES = List.of("stomp", "sse", "http", "demo");

	private final String root;

	ArchitectureRules(String root) {
		this.root = root;
	}

	ArchRule noWireBelowTheEdges() {
		return noClasses().that(resideInAnyPackage(below(LINE)))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.messaging..", "org.springframework.web..",
					"org.springframework.http..", "jakarta.servlet..", "org.eclipse.jetty..")
			.allowEmptyShould(true);
	}

	ArchRule onlySecurityKnowsHowCallersAreFound() {
		return noClasses().that()
			.resideOutsideOfPackage(this.root + ".security..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.security..", "com.nimbusds..")
			.allowEmptyShould(true);
	}

	ArchRule topicsKnowTheJdkAlone() {
		return classes().that()
			.resideInAPackage(this.root + ".topic..")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", this.root + ".topic..", "org.jspecify..", "org.springframework.modulith..")
			.allowEmptyShould(true);
	}

	ArchRule nobodyLooksUpTheLine() {
		return classes().should(new ArchCondition<>("not depend on what stands on them") {

			@Override
			public void check(JavaClass from, ConditionEvents events) {
				int own = LINE.indexOf(room(from));
				from.getDirectDependenciesFromSelf()
					.stream()
					.filter((dependency) -> own >= 0 && LINE.indexOf(room(dependency.getTargetClass())) > own)
					.forEach((dependency) -> events
						.add(SimpleConditionEvent.violated(from, dependency.getDescription())));
			}

		}).allowEmptyShould(true);
	}

	ArchRule edgesKnowNeitherEachOtherNorTheEngine() {
		return classes().should(new ArchCondition<>("not depend on another edge or the engine") {

			@Override
			public void check(JavaClass from, ConditionEvents events) {
				from.getDirectDependenciesFromSelf()
					.stream()
					.filter((dependency) -> EDGES.contains(room(from)))
					.filter((dependency) -> isForeign(room(from), room(dependency.getTargetClass())))
					.forEach((dependency) -> events
						.add(SimpleConditionEvent.violated(from, dependency.getDescription())));
			}

		}).allowEmptyShould(true);
	}

	/**
	 * The greeter is left out: it serves bare WebSockets, for which there is no public
	 * API.
	 */
	ArchRule demosUseWhatAnyApplicationMay() {
		return classes().that()
			.resideInAPackage(this.root + ".demo..")
			.and()
			.resideOutsideOfPackage(this.root + ".demo.hello..")
			.should(new ArchCondition<>("depend on the public API and on no other demo") {

				@Override
				public void check(JavaClass from, ConditionEvents events) {
					from.getDirectDependenciesFromSelf()
						.stream()
						.filter((dependency) -> !isPublic(dependency.getTargetClass())
								&& !isSameDemo(from, dependency.getTargetClass()))
						.forEach((dependency) -> events
							.add(SimpleConditionEvent.violated(from, dependency.getDescription())));
				}

			})
			.allowEmptyShould(true);
	}

	ArchRule noPackageCycles() {
		return slices().matching(this.root + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);
	}

	ArchRule everyPackageIsNullMarked() {
		return classes().should(new ArchCondition<>("be in a package that is @NullMarked") {

			@Override
			public void check(JavaClass item, ConditionEvents events) {
				JavaPackage place = item.getPackage();
				if (!place.isAnnotatedWith(NullMarked.class)) {
					events.add(SimpleConditionEvent.violated(item, place.getName() + " is not @NullMarked"));
				}
			}

		});
	}

	ArchRule noFieldIsInjected() {
		return noFields().should()
			.beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
			.allowEmptyShould(true);
	}

	/** The entry hands the streams to what is run on the command line. */
	ArchRule nobodyPrints() {
		return noClasses().that()
			.doNotHaveFullyQualifiedName(this.root + ".FanfareApplication")
			.should(ACCESS_STANDARD_STREAMS)
			.allowEmptyShould(true);
	}

	private static boolean isForeign(String own, String other) {
		return other.equals("engine") || (EDGES.contains(other) && !other.equals(own));
	}

	/** Tell whether an application may use it: the port of engines is for engines. */
	private boolean isPublic(JavaClass item) {
		return switch (room(item)) {
			case "", "topic", "access" -> true;
			case "broker" -> !item.getName().equals(this.root + ".broker.Engine");
			default -> false;
		};
	}

	/** Tell whether it is of the same demo, or of what the demos share. */
	private boolean isSameDemo(JavaClass from, JavaClass item) {
		return item.getPackageName().equals(this.root + ".demo") || item.getPackageName().equals(from.getPackageName());
	}

	/**
	 * Return the first part of a class's package below the root, or nothing for a class
	 * of somebody else.
	 */
	private String room(JavaClass item) {
		String place = item.getPackageName() + ".";
		return place.startsWith(this.root + ".") ? place.substring(this.root.length() + 1).split("\\.", 2)[0] : "";
	}

	private String[] below(List<String> rooms) {
		return rooms.stream().map((room) -> this.root + "." + room + "..").toArray(String[]::new);
	}

}
