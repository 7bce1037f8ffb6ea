package liandong;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    /** What each package may use of ours besides itself. A package that does not exist yet has its place already. */
    private static final Map<String, Set<String>> ARROWS = arrows();

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("liandong");

    private static Map<String, Set<String>> arrows() {
        var arrows = new LinkedHashMap<String, Set<String>>();
        arrows.put("incident", Set.of());
        arrows.put("problem", Set.of());
        arrows.put("decision", Set.of("incident"));
        arrows.put("calendar", Set.of("decision", "incident"));
        arrows.put("table", Set.of("problem", "decision", "incident"));
        arrows.put("policy", below("table", "calendar", arrows));
        arrows.put("engine", below("policy", "calendar", arrows));
        arrows.put("analysis", below("engine", "policy", arrows));
        arrows.put("export", below("policy", "table", arrows));
        arrows.put("workbook", below("policy", "table", arrows));
        arrows.put("wire", below("engine", "policy", arrows));
        arrows.put("scenario", below("wire", "workbook", arrows));
        arrows.put("store", Set.of("problem"));
        arrows.put("access", below("store", "problem", arrows));
        arrows.put("journal", below("store", "wire", arrows));
        arrows.put("publication", below("analysis", "scenario", arrows));
        arrows.get("publication").addAll(below("store", "problem", arrows));
        arrows.put("replay", below("journal", "publication", arrows));
        arrows.put("web", facesMayUse(arrows));
        arrows.put("cli", facesMayUse(arrows));
        return arrows;
    }

    private static Set<String> facesMayUse(Map<String, Set<String>> arrows) {
        Set<String> below = below("replay", "access", arrows);
        below.addAll(below("export", "scenario", arrows));
        return below;
    }

    private static Set<String> below(String one, String other, Map<String, Set<String>> arrows) {
        var below = new TreeSet<String>(Set.of(one, other));
        below.addAll(arrows.getOrDefault(one, Set.of()));
        below.addAll(arrows.getOrDefault(other, Set.of()));
        return below;
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
    void packages_are_without_cycles() {
        slices().matching("liandong.(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void what_is_reported_concluded_and_wrong_is_plain_java() {
        check(noClasses()
                .that()
                .resideInAnyPackage("liandong.incident..", "liandong.decision..", "liandong.problem..")
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "liandong.incident..",
                        "liandong.decision..",
                        "liandong.problem.."))));
    }

    @Test
    void each_library_stays_where_it_belongs() {
        onlyIn(
                List.of("liandong", "liandong.web.."),
                "org.springframework.boot..",
                "org.springframework.context..",
                "org.springframework.http..",
                "org.springframework.security..",
                "org.springframework.web..",
                "io.micrometer..");
        onlyIn(
                List.of(
                        "liandong.store..",
                        "liandong.access..",
                        "liandong.journal..",
                        "liandong.publication..",
                        "liandong",
                        "liandong.web.."),
                "org.springframework..");
        onlyIn(
                List.of("liandong.store.."),
                "com.zaxxer..",
                "org.flywaydb..",
                "org.postgresql..",
                "org.sqlite..",
                "javax.sql..");
        onlyIn(List.of("liandong", "liandong.cli.."), "picocli..");
        onlyIn(List.of("liandong.policy..", "liandong.engine.."), "org.kie..", "org.drools..");
        onlyIn(List.of("liandong.table.."), "com.fasterxml.aalto..", "org.roaringbitmap..", "org.ahocorasick..");
        onlyIn(
                List.of("liandong.table..", "liandong.policy..", "liandong.workbook.."),
                "org.apache.commons.compress..");
        onlyIn(
                List.of(
                        "liandong.policy..",
                        "liandong.workbook..",
                        "liandong.export..",
                        "liandong.scenario..",
                        "liandong.replay.."),
                "org.apache.poi..",
                "org.openxmlformats..");
        onlyIn(
                List.of(
                        "liandong.wire..",
                        "liandong.scenario..",
                        "liandong.journal..",
                        "liandong.publication..",
                        "liandong.replay..",
                        "liandong.web..",
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
