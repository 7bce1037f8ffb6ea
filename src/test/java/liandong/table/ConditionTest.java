package liandong.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    private static final Path MAIN = Path.of("src/main/java");

    /** Asks for one form alone, by which another would be passed over in silence. */
    private static final Pattern ASKS_FOR_A_FORM = asksForAForm();

    private static Pattern asksForAForm() {
        String forms = Stream.of(Condition.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .collect(Collectors.joining("|", "(?:Condition\\s*\\.\\s*)?(?:", ")\\b"));
        return Pattern.compile("\\binstanceof\\s+(?:final\\s+)?" + forms + "|\\(\\s*" + forms + "\\s*\\)|\\b" + forms
                + "\\s*\\.\\s*class\\b");
    }

    @Test
    void nothing_asks_for_one_form_of_condition_without_saying_what_is_done_with_the_others() throws IOException {
        var found = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(MAIN)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                if (source.contains("Condition")) {
                    ASKS_FOR_A_FORM.matcher(source).results().forEach(each -> found.add(file + ": " + each.group()));
                }
            }
        }

        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if (condition instanceof Condition.OneOf one) {",
                "return condition instanceof Any;",
                "((Condition.NoneOf) condition).values()",
                "stream.filter(Condition.Within.class::isInstance)",
                "condition instanceof\n        Condition.Within within",
            })
    void asking_for_one_form_alone_is_found(String source) {
        assertThat(ASKS_FOR_A_FORM.matcher(source).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new Condition.OneOf(values)",
                "private static String days(String name, Condition.Within within) {",
                "Condition.OneOf::values",
                "anyOf(conditions) instanceof Another",
            })
    void making_or_naming_a_form_is_no_such_question(String source) {
        assertThat(ASKS_FOR_A_FORM.matcher(source).find()).isFalse();
    }

    /** One function for each form: where a form has none, whoever adds it has found a way round the compiler. */
    @Test
    void a_fold_takes_something_for_every_form() throws NoSuchMethodException {
        var fold = Condition.class.getMethod("fold", Supplier.class, Function.class, Function.class, Function.class);

        assertThat(fold.getParameterCount()).isEqualTo(Condition.class.getPermittedSubclasses().length);
    }

    private static final List<Condition> EACH = List.of(
            Condition.ANY,
            new Condition.OneOf(List.of("坑洞")),
            new Condition.NoneOf(List.of("井盖")),
            new Condition.Within(BigDecimal.ONE, true, null, false));

    @Test
    void each_form_is_folded_by_its_own_function() {
        assertThat(EACH)
                .extracting(each -> each.<Object>fold(
                        () -> "any",
                        Condition.OneOf::values,
                        none -> "not " + none.values(),
                        within -> within.ranges()))
                .containsExactly(
                        "any",
                        List.of("坑洞"),
                        "not [井盖]",
                        List.of(new Condition.Range(BigDecimal.ONE, true, null, false)));
    }

    @Test
    void each_form_is_handled_by_its_own_code_and_only_that() {
        var done = new ArrayList<Object>();

        EACH.forEach(each -> each.handle(
                () -> done.add("any"),
                one -> done.add(one.values()),
                none -> done.add("not " + none.values()),
                within -> done.add(within.ranges())));

        assertThat(done)
                .containsExactly(
                        "any",
                        List.of("坑洞"),
                        "not [井盖]",
                        List.of(new Condition.Range(BigDecimal.ONE, true, null, false)));
    }
}
