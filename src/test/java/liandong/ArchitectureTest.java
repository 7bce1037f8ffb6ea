package liandong;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    /** The decisions, each in a folder of its own: nothing else may know them. */
    private static final List<String> DECISIONS = List.of("routing", "escalation", "closure", "scoring");

    /** What each package may use of ours besides itself. */
    private static final Map<String, Set<String>> ARROWS = arrows();

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("liandong");

    private static Map<String, Set<String>> arrows() {
        var arrows = new LinkedHashMap<String, Set<String>>();
        // What everything rests on.
        arrows.put("incident", Set.of());
        arrows.put("problem", Set.of());
        arrows.put("digest", Set.of());
        arrows.put("reading", Set.of());
        arrows.put("calendar", Set.of("incident"));
        arrows.put("sheet", Set.of("problem", "digest"));
        arrows.put("table", below(arrows, "sheet", "calendar"));
        arrows.put("policy", below(arrows, "table", "digest"));
        arrows.put("engine", below(arrows, "policy"));
        arrows.put("analysis", below(arrows, "policy"));
        arrows.put("explain", below(arrows, "engine"));
        arrows.put("wire", below(arrows, "engine"));
        arrows.put("decision", below(arrows, "wire", "explain", "analysis"));
        // What is done with decisions, whichever there are.
        arrows.put("check", below(arrows, "decision"));
        arrows.put("export", below(arrows, "policy"));
        arrows.put("workbook", below(arrows, "policy"));
        arrows.put("scenario", below(arrows, "decision", "workbook"));
        arrows.put("store", Set.of("problem", "digest"));
        arrows.put("access", below(arrows, "store", "digest"));
        arrows.put("journal", below(arrows, "store", "decision"));
        arrows.put("publication", below(arrows, "check", "scenario", "store"));
        arrows.put("replay", below(arrows, "journal", "publication"));
        arrows.put("quality", below(arrows, "journal", "workbook"));
        arrows.put("meaning", below(arrows, "replay"));
        arrows.put("openapi", below(arrows, "decision"));
        arrows.put("open311", below(arrows, "journal"));
        arrows.put("cloudevents", below(arrows, "wire"));
        arrows.put("keyed", below(arrows, "replay", "cloudevents"));
        arrows.put("outbox", below(arrows, "keyed"));
        arrows.put("trace", below(arrows, "decision"));
        arrows.put("web", below(arrows, "meaning", "quality", "access", "openapi", "open311", "keyed", "trace"));
        arrows.put("kafka", below(arrows, "keyed"));
        arrows.put("console", below(arrows, "web", "scenario", "reading"));
        arrows.put("cli", below(arrows, "meaning", "quality", "access", "export", "outbox"));
        // The decisions. Some bring a command of their own besides the one that every decision has.
        arrows.put("routing", below(arrows, "decision", "cli", "reading"));
        // The walk of returns begins where routing sends a report.
        arrows.put("escalation", below(arrows, "decision", "routing"));
        // How soon a thing must be done again may hang on the danger that its text tells of.
        // Whose word counts that a stage is done, escalation knows.
        arrows.put("closure", below(arrows, "escalation", "routing"));
        // How late a case was, escalation knows.
        arrows.put("scoring", below(arrows, "escalation", "cli"));
        return arrows;
    }

    private static Set<String> below(Map<String, Set<String>> arrows, String... packages) {
        var below = new TreeSet<String>(List.of(packages));
        for (String each : packages) {
            below.addAll(arrows.getOrDefault(each, Set.of()));
        }
        return below;
    }

    @Test
    void nothing_but_the_registry_knows_which_decisions_there_are() {
        String[] decisions =
                DECISIONS.stream().map(name -> "liandong." + name + "..").toArray(String[]::new);
        check(noClasses()
                .that()
                .resideOutsideOfPackages(decisions)
                .should()
                .dependOnClassesThat(resideInAnyPackage(decisions)));
    }

    @Test
    void the_folders_of_the_command_line_are_without_cycles() {
        slices().matching("liandong.cli.(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void every_package_has_its_place_in_the_picture() {
        Set<String> packages = OURS.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("liandong."))
                .map(name -> name.replaceFirst("liandong\\.([^.]+).*", "$1"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(ARROWS.keySet()).containsAll(packages);
    }

    @Test
    void arrows_point_down() {
        ARROWS.forEach((name, below) -> {
            var allowed = new ArrayList<>(below);
            allowed.add(name);
            String[] others = Stream.concat(
                            Stream.of("liandong"),
                            ARROWS.keySet().stream()
                                    .filter(other -> !allowed.contains(other))
                                    .map(other -> "liandong." + other + ".."))
                    .toArray(String[]::new);
            check(noClasses()
                    .that()
                    .resideInAPackage("liandong." + name + "..")
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(others)));
        });
    }

    @Test
    void what_runs_on_all_cores_finds_drools_within_the_jar_too() {
        noClasses()
                .should()
                .callMethod(Collection.class, "parallelStream")
                .orShould()
                .callMethodWhere(target(name("parallel")).and(target(owner(assignableTo(BaseStream.class)))))
                .orShould()
                .dependOnClassesThat(assignableTo(ForkJoinPool.class))
                .because("the threads of the common pool have not the jar's class loader: AllCores has")
                .check(OURS);
    }

    @Test
    void packages_are_without_cycles() {
        slices().matching("liandong.(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void what_is_reported_and_wrong_is_plain_java() {
        check(noClasses()
                .that()
                .resideInAnyPackage("liandong.incident..", "liandong.digest..", "liandong.problem..")
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "liandong.incident..",
                        "liandong.digest..",
                        "liandong.problem.."))));
    }

    @Test
    void each_library_stays_where_it_belongs() {
        onlyIn(
                List.of("liandong", "liandong.web..", "liandong.console..", "liandong.kafka.."),
                "org.springframework.boot..",
                "org.springframework.context..",
                "org.springframework.http..",
                "org.springframework.web..");
        onlyIn(
                List.of("liandong", "liandong.web..", "liandong.console..", "liandong.kafka..", "liandong.outbox.."),
                "io.micrometer..");
        onlyIn(
                List.of("liandong", "liandong.access..", "liandong.web..", "liandong.console.."),
                "org.springframework.security..");
        onlyIn(
                List.of(
                        "liandong.store..",
                        "liandong.access..",
                        "liandong.journal..",
                        "liandong.publication..",
                        "liandong",
                        "liandong.web..",
                        "liandong.kafka..",
                        "liandong.outbox..",
                        "liandong.console.."),
                "org.springframework..");
        onlyIn(List.of("liandong.kafka.."), "org.apache.kafka..", "org.springframework.kafka..");
        onlyIn(List.of("liandong.trace.."), "io.opentelemetry..");
        onlyIn(List.of("liandong.console.."), "org.thymeleaf..");
        onlyIn(
                List.of("liandong.store.."),
                "com.zaxxer..",
                "org.flywaydb..",
                "org.postgresql..",
                "org.sqlite..",
                "javax.sql..");
        onlyIn(
                List.of("liandong", "liandong.cli..", "liandong.routing.evaluation..", "liandong.scoring.."),
                "picocli..");
        onlyIn(List.of("liandong.policy..", "liandong.engine.."), "org.kie..", "org.drools..");
        onlyIn(List.of("liandong.sheet.."), "com.fasterxml.aalto..");
        onlyIn(List.of("liandong.openapi.."), "org.yaml.snakeyaml..");
        onlyIn(
                List.of("liandong.table..", "liandong.analysis..", "liandong.scenario..", "liandong.meaning.."),
                "org.roaringbitmap..");
        onlyIn(List.of("liandong.table..", "liandong.analysis..", "liandong.scenario.."), "org.ahocorasick..");
        onlyIn(List.of("liandong.reading.."), "com.ibm.icu..");
        onlyIn(List.of("liandong.access.."), "com.nimbusds..");
        onlyIn(List.of("liandong.web.."), "io.modelcontextprotocol..", "reactor..");
        onlyIn(
                List.of("liandong.sheet..", "liandong.policy..", "liandong.workbook.."),
                "org.apache.commons.compress..");
        onlyIn(
                List.of("liandong.policy..", "liandong.workbook..", "liandong.export..", "liandong.scenario.."),
                "org.apache.poi..",
                "org.openxmlformats..");
        onlyIn(
                List.of(
                        "liandong.wire..",
                        "liandong.decision..",
                        "liandong.routing..",
                        "liandong.escalation..",
                        "liandong.closure..",
                        "liandong.scoring..",
                        "liandong.scenario..",
                        "liandong.journal..",
                        "liandong.publication..",
                        "liandong.replay..",
                        "liandong.quality..",
                        "liandong.meaning..",
                        "liandong.openapi..",
                        "liandong.open311..",
                        "liandong.cloudevents..",
                        "liandong.keyed..",
                        "liandong.kafka..",
                        "liandong.outbox..",
                        "liandong.web..",
                        "liandong.console..",
                        "liandong.cli.."),
                "com.fasterxml.jackson..",
                "tools.jackson..");
    }

    private static void onlyIn(List<String> homes, String... libraries) {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(homes.toArray(String[]::new))
                .should()
                .dependOnClassesThat(resideInAnyPackage(libraries)));
    }

    @Test
    void no_class_is_named_for_implementing_something() {
        check(noClasses().should().haveSimpleNameEndingWith("Impl"));
    }

    /** The rules of packages that do not exist yet hold already. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(OURS);
    }
}
