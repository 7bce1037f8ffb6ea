package liandong.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import liandong.decision.Decisions;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.scenario.Cases;
import liandong.scenario.Scenario;
import liandong.scenario.ScenarioReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kie.api.KieBase;

class CompiledRulesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    private static final String TITLE = "RTE-200 事项已定的，按分级表定等级，按紧急程度表定缓急";

    /** The decisions that the program has; tests bring another. */
    private static final PolicySchema SCHEMA = new PolicySchema(Decisions.schema().parts().stream()
            .filter(part ->
                    part.tables().stream().noneMatch(type -> type.getName().contains(".praise.")))
            .toList());

    private static byte[] form() throws IOException {
        try (InputStream in = requireNonNull(CompiledRules.class.getResourceAsStream(CompiledRules.STOCK))) {
            return in.readAllBytes();
        }
    }

    private static List<RuleSource> sources(PolicyFiles files) {
        return requireNonNull(RuleBase.sources(SCHEMA, files.rules(), problem -> {
            throw new AssertionError(problem);
        }));
    }

    /** The stock policy with something in its rules written otherwise. */
    private static PolicyFiles changed(String file, String was, String is) {
        var files = new TreeMap<>(PolicyFiles.stock().files());
        String rules = new String(files.get("rules/" + file), StandardCharsets.UTF_8);
        assertThat(rules).contains(was);
        files.put("rules/" + file, rules.replace(was, is).getBytes(StandardCharsets.UTF_8));
        return new PolicyFiles("changed", files);
    }

    private static List<String> rules(KieBase base) {
        return base.getKiePackages().stream()
                .flatMap(each -> each.getRules().stream())
                .map(rule -> rule.getName() + " " + new TreeMap<>(rule.getMetaData()))
                .sorted()
                .toList();
    }

    @Test
    void the_program_brings_the_stock_rules_compiled() {
        assertThat(CompiledRules.isCurrent(PolicyFiles.stock(), SCHEMA))
                .as("made by mvn process-classes")
                .isTrue();
    }

    @Test
    void they_are_the_rules_that_the_compiler_makes_now() throws BadPolicyException {
        PolicyFiles remarked = changed("routing.drl", "package liandong.rules", "// 另行编译\npackage liandong.rules");
        KieBase brought = requireNonNull(CompiledRules.stock(sources(PolicyFiles.stock())));
        byte[] made = CompiledRules.of(remarked, SCHEMA, bytes -> bytes);
        KieBase now = requireNonNull(CompiledRules.base(made, sources(remarked)));

        assertThat(rules(brought)).isEqualTo(rules(now)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"routing.drl", "escalation.drl", "closure.drl", "scoring.drl"})
    void no_other_rules_than_those_it_was_made_of_get_the_form_whatever_little_is_changed(String file) {
        assertThat(CompiledRules.stock(sources(changed(file, "package liandong.rules", "package  liandong.rules"))))
                .isNull();
    }

    @Test
    void a_changed_rule_is_compiled() throws BadPolicyException {
        Policy policy = Decisions.policy(changed("routing.drl", TITLE, "RTE-200 另有规定的"), LocalDate.of(2026, 11, 20));

        assertThat(policy.rules().ref("RTE-200 另有规定的").title()).isEqualTo("另有规定的");
        assertThat(policy.rules().refs()).extracting(RuleRef::title).doesNotContain(TITLE.substring(8));
    }

    @Test
    void rules_that_may_use_other_names_are_other_rules() {
        assertThat(Decisions.schema()).isNotEqualTo(SCHEMA);
        assertThat(CompiledRules.isCurrent(PolicyFiles.stock(), Decisions.schema()))
                .isFalse();
    }

    @Test
    void a_form_that_is_damaged_anywhere_is_passed_over() throws IOException {
        byte[] form = form();
        List<RuleSource> sources = sources(PolicyFiles.stock());
        for (int at : new int[] {0, 31, 32, 40, 170, form.length / 2, form.length - 1}) {
            byte[] damaged = form.clone();
            damaged[at] ^= 1;
            assertThat(CompiledRules.base(damaged, sources)).as("byte %d", at).isNull();
        }
        for (int length : new int[] {0, 1, 32, 33, 200, form.length / 2, form.length - 1}) {
            assertThat(CompiledRules.base(Arrays.copyOf(form, length), sources))
                    .as("%d bytes", length)
                    .isNull();
        }
        assertThat(CompiledRules.base(form, sources)).isNotNull();
    }

    @Test
    void rules_that_do_not_compile_have_no_form() {
        PolicyFiles wrong = TinyPolicy.complete()
                .rules(TinyPolicy.ONE_RULE.replace("Report()", "Report( nothing )"))
                .files();

        assertThatThrownBy(() -> CompiledRules.of(wrong, SCHEMA, bytes -> bytes))
                .isInstanceOfSatisfying(
                        BadPolicyException.class,
                        thrown -> assertThat(thrown.problems())
                                .extracting(Problem::code)
                                .containsOnly(Code.BAD_RULE));
    }

    @Test
    void every_scenario_is_answered_the_same_whether_its_rules_were_compiled_before_or_now() throws BadPolicyException {
        Policy before = PolicyLoader.load(PolicyFiles.stock(), SCHEMA, DAY);
        Policy now = PolicyLoader.load(
                changed("routing.drl", "package liandong.rules", "// 另行编译\npackage liandong.rules"), SCHEMA, DAY);
        List<Scenario> scenarios =
                ScenarioReader.read(before, before.files().scenarios()).cases();

        assertThat(scenarios)
                .isNotEmpty()
                .allSatisfy(scenario -> assertThat(Cases.run(now, scenario).checks())
                        .isEqualTo(Cases.run(before, scenario).checks()));
    }
}
