package liandong.problem;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    private static final Pattern QUOTED = Pattern.compile("\\{(\\d)}");
    private static final Properties ENGLISH = read("messages.properties");
    private static final Properties CHINESE = read("messages_zh.properties");
    /**
     * What is quoted in Chinese where that has another name for it: what a sheet's absence means, sets of words, and states
     * are given in both languages.
     */
    private static final Map<Code, Set<Integer>> IN_CHINESE = Map.of(
            Code.ABSENT_SHEET, Set.of(0, 1, 2, 4),
            Code.UNKNOWN_CODE, Set.of(0, 3),
            Code.NOT_ITS_TURN, Set.of(0, 2),
            Code.NOT_APPROVED, Set.of(0, 2));

    private static final Location HERE = new FileRef("routing.xlsx");

    @Test
    void every_code_has_a_message_and_a_help_in_both_languages_and_nothing_else_has() {
        List<String> keys = Arrays.stream(Code.values())
                .flatMap(code -> Stream.of(code.name(), code.name() + ".help"))
                .toList();

        assertThat(ENGLISH.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(CHINESE.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(keys);
    }

    @ParameterizedTest
    @ValueSource(strings = {"messages.properties", "messages_zh.properties"})
    void no_key_stands_twice(String file) {
        List<String> keys = text(file)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();

        assertThat(keys).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void a_message_is_a_sentence_and_quotes_the_same_in_both_languages(Code code) {
        String english = requireNonNull(ENGLISH.getProperty(code.name()));
        String chinese = requireNonNull(CHINESE.getProperty(code.name()));

        assertThat(english).isNotBlank();
        assertThat(chinese).isNotBlank().containsPattern("\\p{IsHan}");
        assertThat(quoted(chinese)).isEqualTo(IN_CHINESE.getOrDefault(code, quoted(english)));
        assertThat(quoted(help(CHINESE, code))).isEqualTo(quoted(help(ENGLISH, code)));
        assertThat(help(CHINESE, code).isEmpty()).isEqualTo(help(ENGLISH, code).isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void what_a_message_and_its_help_quote_is_numbered_from_0_without_gaps(Code code) {
        Set<Integer> quoted = new TreeSet<>(quoted(requireNonNull(ENGLISH.getProperty(code.name()))));
        quoted.addAll(quoted(help(ENGLISH, code)));

        assertThat(quoted)
                .containsExactlyElementsOf(
                        IntStream.range(0, quoted.size()).boxed().toList());
    }

    @ParameterizedTest
    @EnumSource
    void a_problem_is_shown_in_the_readers_language(Code code) {
        var problem = Problem.of(code, HERE, "甲", "乙", "丙", "丁", "戊");

        assertThat(problem.message(Locale.SIMPLIFIED_CHINESE)).isEqualTo(filled(CHINESE.getProperty(code.name())));
        assertThat(problem.message(Locale.UK)).isEqualTo(filled(ENGLISH.getProperty(code.name())));
        assertThat(problem.message(Locale.JAPAN)).isEqualTo(filled(ENGLISH.getProperty(code.name())));
        assertThat(problem.help(Locale.SIMPLIFIED_CHINESE)).isEqualTo(filled(help(CHINESE, code)));
        assertThat(problem.help(Locale.UK)).isEqualTo(filled(help(ENGLISH, code)));
    }

    @Test
    void a_chinese_message_does_not_depend_on_the_machines_language() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.CHINA);
            assertThat(Problem.of(Code.INTERNAL, HERE).message(Locale.ENGLISH)).isEqualTo("The service failed.");
            Locale.setDefault(Locale.US);
            assertThat(Problem.of(Code.INTERNAL, HERE).message(Locale.CHINESE)).isEqualTo("服务出错。");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void what_is_quoted_stands_as_it_was_written() {
        assertThat(Problem.of(Code.BAD_RULE, HERE, "it's {1} of '{0}' \\ %s {").line(Locale.ENGLISH))
                .isEqualTo("routing.xlsx: BAD_RULE: The rule file does not compile: it's {1} of '{0}' \\ %s {");
    }

    @ParameterizedTest
    @CsvSource({"0, A1", "25, Z1", "26, AA1", "51, AZ1", "52, BA1", "701, ZZ1", "702, AAA1"})
    void a_cell_is_named_as_spreadsheet_programs_do(int column, String cell) {
        assertThat(new CellRef("routing.xlsx", "派单目录", 1, column)).hasToString("routing.xlsx 派单目录!" + cell);
    }

    @Test
    void a_place_is_one_line() {
        assertThat(new FileRef("rules")).hasToString("rules");
        assertThat(new LineRef("rules/routing.drl", 12)).hasToString("rules/routing.drl:12");
        assertThat(new RequestPointer("")).hasToString("/");
        assertThat(new RequestPointer("/incident").member("a/b~c")).hasToString("/incident/a~1b~0c");
    }

    private static String help(Properties messages, Code code) {
        return requireNonNull(messages.getProperty(code.name() + ".help"));
    }

    private static Set<Integer> quoted(String message) {
        var quoted = new TreeSet<Integer>();
        QUOTED.matcher(message).results().map(MatchResult::group).forEach(each -> quoted.add(each.charAt(1) - '0'));
        return quoted;
    }

    private static String filled(String message) {
        return message.replace("{0}", "甲")
                .replace("{1}", "乙")
                .replace("{2}", "丙")
                .replace("{3}", "丁")
                .replace("{4}", "戊")
                .strip();
    }

    private static Properties read(String file) {
        var messages = new Properties();
        try (var in = new InputStreamReader(open(file), StandardCharsets.UTF_8)) {
            messages.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return messages;
    }

    private static String text(String file) {
        try (InputStream in = open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String file) {
        return requireNonNull(Problem.class.getResourceAsStream(file));
    }
}
