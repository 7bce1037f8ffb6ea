package liandong.cli;

import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Formatter;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liandong.explain.Columns;
import liandong.explain.Phrases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class HelpTest {
    private static final String HAN = "\\p{IsHan}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "route",
                "escalate",
                "close",
                "evaluate",
                "suggest-keywords",
                "duty-row",
                "explain",
                "score",
                "export"
            })
    void help_names_every_option_what_it_exits_with_and_examples(String command) {
        CommandSpec spec = spec(command);

        var run = run(command, "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains(spec.optionsMap().keySet());
        assertThat(run.out()).contains("--policy", "--lang", "--now", command.equals("export") ? "DIR" : "FILE|-");
        assertThat(run.out()).containsSubsequence("Exit codes:", "  0 ", "  1 ", "  2 ", "Examples:");
        assertThat(run.out()
                        .lines()
                        .filter(line -> line.startsWith("  java -jar target/liandong.jar " + command)
                                || line.contains("| java -jar target/liandong.jar " + command)))
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(run.out().lines()).allMatch(line -> Columns.width(line) <= 100);
    }

    @Test
    void a_command_that_is_made_alone_is_the_same_as_among_all() {
        Map<String, Supplier<Object>> more =
                Map.of("extra", () -> new CommandLine(CommandSpec.create().name("extra")));
        for (Map.Entry<String, CommandLine> command :
                RootCommand.commandLine().getSubcommands().entrySet()) {
            CommandLine alone = RootCommand.commandLine(new String[] {command.getKey(), "--help"}, more);

            assertThat(Objects.requireNonNull(alone.getSubcommands().get(command.getKey()))
                            .getUsageMessage())
                    .isEqualTo(command.getValue().getUsageMessage());
        }
        assertThat(RootCommand.commandLine(new String[] {"explain"}, more).getSubcommands())
                .containsOnlyKeys("explain");
        assertThat(RootCommand.commandLine(new String[] {"expalin"}, more).getSubcommands())
                .hasSizeGreaterThan(20);
    }

    @Test
    void every_command_and_option_is_explained_in_chinese_too() {
        CommandLine program = RootCommand.commandLine();
        program.getCommandSpec().removeSubcommand("praise"); // a decision of the tests
        ChineseHelp.put(program);

        mustSpeakChinese(program);
    }

    private static void mustSpeakChinese(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        assertThat(spec.usageMessage().description()).as(spec.qualifiedName()).isNotEmpty();
        assertThat(spec.usageMessage().description()[0])
                .as(spec.qualifiedName())
                .containsPattern(HAN);
        assertThat(spec.usageMessage().exitCodeList().values())
                .as(spec.qualifiedName())
                .allSatisfy(line -> assertThat(line).containsPattern(HAN));
        spec.args()
                .forEach(arg -> assertThat(String.join("", arg.description()))
                        .as(spec.qualifiedName() + " " + arg)
                        .containsPattern(HAN));
        command.getSubcommands().values().forEach(HelpTest::mustSpeakChinese);
    }

    /** picocli takes each sentence for a format; one that is none comes out raw, with a warning before it. */
    @Test
    void every_sentence_of_help_can_be_formatted_in_both_languages() {
        CommandLine english = RootCommand.commandLine();
        CommandLine chinese = RootCommand.commandLine();
        ChineseHelp.put(chinese);

        mustBeFormats(english);
        mustBeFormats(chinese);
    }

    private static void mustBeFormats(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        Stream.of(
                        Stream.of(spec.usageMessage().description()),
                        Stream.of(spec.usageMessage().footer()),
                        spec.usageMessage().exitCodeList().values().stream(),
                        spec.args().stream().flatMap(arg -> Stream.of(arg.description())))
                .flatMap(lines -> lines)
                .forEach(line -> assertThatCode(() -> new Formatter().format(line))
                        .as(spec.qualifiedName() + ": " + line)
                        .doesNotThrowAnyException());
        command.getSubcommands().values().forEach(HelpTest::mustBeFormats);
    }

    @Test
    void help_is_in_the_language_asked_for() {
        assertThat(run("policy", "put", "--help", "--lang", "zh").out())
                .startsWith("用法：liandong policy put")
                .contains("提出一份政策", "放入哪个编号的政策", "显示本帮助。")
                .doesNotContain("退出码：", "Usage");
        assertThat(run("check", "--help", "--lang=zh").out()).containsSubsequence("退出码：", "示例：");
        assertThat(run("check", "--help", "--lang=en").out()).startsWith("Usage: liandong check");
    }

    @Test
    void a_command_that_is_called_wrongly_is_told_in_the_language_asked_for() {
        var command = run("chekc", "--lang", "zh");
        var missing = run("record", "--lang", "zh");
        var value = run("score", "--due", "x", "--lang", "zh");

        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err()).isEqualTo("没有“chekc”这个命令或选项。\n是否为：check？\n用 liandong --help 查看用法。\n");
        assertThat(missing.err()).isEqualTo("缺少：--scenarios（FILE.xlsx）、FILE|-。\n用 liandong record --help 查看用法。\n");
        assertThat(value.err()).isEqualTo("“x”不能用于 --due（N）。\n用 liandong score --help 查看用法。\n");
        assertThat(run("decisions", "--format", "xml", "--lang", "zh").err()).isEqualTo("""
                        “xml”不能用于 --format（text|ndjson|csv）。可以写：text、ndjson、csv。
                        用 liandong decisions --help 查看用法。
                        """);
        assertThat(run("decisions", "--most", "0", "--lang", "zh").err()).isEqualTo("""
                        “0”不能用于 --most（N）。可以写 1 至 1000 的数。
                        用 liandong decisions --help 查看用法。
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "format", "replay", "impact"})
    void help_on_workbooks_names_every_option_too(String command) {
        var run = run(command, "--help");

        assertThat(run.out()).contains(spec(command).optionsMap().keySet());
        assertThat(run.out()).containsSubsequence("Exit codes:", "  0 ", "  1 ", "  2 ", "Examples:");
        assertThat(run.out().lines()).allMatch(line -> Columns.width(line) <= 100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "route",
                "escalate",
                "close",
                "evaluate",
                "suggest-keywords",
                "duty-row",
                "explain",
                "score",
                "test",
                "mutate",
                "suggest",
                "record",
                "export",
                "check",
                "format",
                "replay",
                "impact",
                "dues",
                "quality"
            })
    void the_examples_in_the_help_are_commands_that_would_run(String command) {
        CommandLine line = RootCommand.commandLine();
        String[] footer = spec(command).usageMessage().footer();

        for (String example : footer) {
            String[] words = Stream.of(example.strip()
                            .replaceAll(".*liandong\\.jar ", "")
                            .replaceAll(" >.*", "")
                            .split(" ", -1))
                    .toArray(String[]::new);
            assertThat(line.parseArgs(words).subcommand().commandSpec().name()).isEqualTo(command);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"policy", "keys", "journal"})
    void help_on_commands_with_commands_of_their_own_teaches_them(String command) {
        CommandLine line = RootCommand.commandLine();
        CommandLine own = Objects.requireNonNull(line.getSubcommands().get(command));

        var run = run(command, "--help");

        assertThat(run.out()).contains(own.getSubcommands().keySet());
        assertThat(run.out()).containsSubsequence("Commands:", "Exit codes:", "  0 ", "  1 ", "  2 ", "Examples:");
        assertThat(run.out().lines()).allMatch(each -> Columns.width(each) <= 100);
        for (String example : own.getCommandSpec().usageMessage().footer()) {
            String[] words = example.strip().replaceAll(".*liandong\\.jar ", "").split(" ", -1);
            assertThat(line.parseArgs(words).subcommand().hasSubcommand()).isTrue();
        }
        own.getSubcommands().forEach((name, sub) -> {
            String help = run(command, name, "--help").out();
            assertThat(help).contains(sub.getCommandSpec().optionsMap().keySet());
            assertThat(help.lines()).allMatch(each -> Columns.width(each) <= 100);
        });
    }

    @Test
    void without_arguments_the_program_tells_its_commands() {
        var run = run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("route", "evaluate", "explain", "Examples:");
    }

    @Test
    void the_version_is_told_without_reading_a_policy() {
        assertThat(run("--version").out()).startsWith("liandong ");
        assertThat(run("route", "--version").out()).startsWith("liandong ");
    }

    @Test
    void an_unknown_option_is_a_usage_error() {
        var run = run("route", "x.csv", "--polcy", "there");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--polcy").contains("--policy");
    }

    @Test
    void a_language_or_moment_that_is_none_is_a_usage_error() {
        assertThat(run("route", "x.csv", "--lang", "fr").err()).contains("'fr' is neither zh nor en");
        assertThat(run("route", "x.csv", "--now", "2026-11-20").err()).contains("not a time with an offset");
        assertThat(run("route", "x.csv", "--now", "2026-11-20").exitCode()).isEqualTo(2);
    }

    @Test
    void every_phrase_is_there_in_both_languages_with_the_same_values() throws IOException {
        Properties english = phrases("messages.properties");
        Properties chinese = phrases("messages_zh.properties");

        assertThat(chinese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertThat(values(chinese.getProperty(key))).as(key).isEqualTo(values(english.getProperty(key)));
        }
    }

    private static CommandSpec spec(String command) {
        return Objects.requireNonNull(RootCommand.commandLine().getSubcommands().get(command))
                .getCommandSpec();
    }

    private static Properties phrases(String file) throws IOException {
        var properties = new Properties();
        try (InputStream in = Phrases.class.getResourceAsStream(file)) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return properties;
    }

    private static String values(String phrase) {
        return Arrays.toString(Pattern.compile("\\{\\d}")
                .matcher(phrase)
                .results()
                .map(MatchResult::group)
                .sorted()
                .toArray());
    }
}
