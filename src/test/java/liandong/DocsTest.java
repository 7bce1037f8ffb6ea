package liandong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liandong.cli.RootCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Documents keep their promises: short, complete in both languages, and every command, link and file in them is one. */
class DocsTest {
    private static final long SHORT = 8192;
    private static final Path MAIN = Path.of("src/main/java/liandong");
    private static final Path TEST = Path.of("src/test/java/liandong");

    static List<Path> documents() {
        return Docs.all();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    void the_readme_is_short_and_leads_to_every_document_in_its_language(String readme) throws IOException {
        assertThat(Files.size(Path.of(readme))).isLessThanOrEqualTo(SHORT);
        String text = Docs.text(Path.of(readme));
        assertThat(text).contains("mvn -Prun spring-boot:run", "mvn verify", "mvn -Pquick verify");
        String language = readme.contains("zh-CN") ? ".zh-CN.md" : ".md";
        assertThat(text)
                .contains(
                        "(docs/callers" + language,
                        "(docs/policy-staff" + language,
                        "(docs/testers" + language,
                        "(docs/operators" + language,
                        "(CONTRIBUTING.md)",
                        "(CHANGELOG.md)",
                        "(SECURITY.md)",
                        "(docs/decisions/");
    }

    @Test
    void a_document_for_its_readers_is_there_in_both_languages_with_the_same_examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("docs"))) {
            List<Path> english = files.filter(file ->
                            file.toString().endsWith(".md") && !file.toString().endsWith(".zh-CN.md"))
                    .toList();
            assertThat(english).isNotEmpty();
            for (Path document : english) {
                Path chinese = Path.of(document.toString().replaceAll("\\.md$", ".zh-CN.md"));
                assertThat(chinese).exists();
                assertThat(roles(chinese)).as(chinese.toString()).isEqualTo(roles(document));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    void the_readme_has_one_request_with_its_answer(String readme) {
        assertThat(roles(Path.of(readme))).containsExactly("asks POST /v1/routing", "answers 200 but next");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void a_comment_before_a_block_says_what_tests_understand(Path document) {
        assertThat(Docs.blocks(document))
                .extracting(Docs.Block::role)
                .isSubsetOf("", "asks", "answers", "file", "exits", "prints", "source", "came");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void what_a_document_quotes_of_a_file_is_what_the_file_says(Path document) throws IOException {
        for (Docs.Block block : Docs.blocks(document)) {
            if (block.role().equals("source")) {
                String file = Files.readString(Path.of(block.detail())).strip();
                if (Docs.RENEW) {
                    Docs.renew(block, file);
                } else {
                    assertThat(block.text()).as(block.toString()).isEqualTo(file);
                }
            }
        }
    }

    private static List<String> roles(Path document) {
        return Docs.blocks(document).stream()
                .filter(block -> !block.role().isEmpty())
                .map(block -> block.role() + " " + block.detail())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_command_in_a_document_is_one_that_the_program_understands(Path document) {
        CommandLine program = RootCommand.commandLine(
                Liandong.commands().values().stream().map(Supplier::get).toArray());
        for (Docs.Block block : Docs.blocks(document)) {
            for (String command : Docs.commands(block)) {
                int at = command.indexOf("target/liandong.jar ");
                if (at >= 0) {
                    String[] words = words(command.substring(at + "target/liandong.jar ".length()));
                    assertThatCode(() -> program.parseArgs(words))
                            .as("%s: %s", document, command)
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    /** The words of a command, up to where its output is sent elsewhere. */
    static String[] words(String command) {
        return Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)")
                .matcher(command.replaceAll(" (?:>|\\|) .*", ""))
                .results()
                .map(word -> Stream.of(1, 2, 3)
                        .map(word::group)
                        .filter(each -> each != null)
                        .findFirst()
                        .orElse(""))
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_link_leads_somewhere(Path document) {
        Path folder = document.resolveSibling("");
        var dead = new ArrayList<String>();
        for (String link : matches(document, "\\]\\(([^)\\s]+)\\)")) {
            if (!link.startsWith("http")) {
                String[] parts = link.split("#", 2);
                Path target =
                        parts[0].isEmpty() ? document : folder.resolve(parts[0]).normalize();
                if (!Files.exists(target)
                        || (parts.length > 1 && !anchors(target).contains(parts[1]))) {
                    dead.add(link);
                }
            }
        }

        assertThat(dead).isEmpty();
    }

    /** The headings of a document as links name them. */
    private static List<String> anchors(Path document) {
        return matches(document, "(?m)^#+ (.+)$").stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_file_that_is_named_is_there(Path document) throws IOException {
        var missing = new ArrayList<String>();
        // A file from the top of the project, or a class by its folder: routing/DutyRow.
        for (String file : matches(document, "`((?:src|rules|decision-tables|docs)/[^`*<>…\\s]+)`")) {
            if (!Files.exists(Path.of(file))) {
                missing.add(file);
            }
        }
        for (String type : matches(document, "`((?:[a-z]+/)+[A-Z]\\w+)`")) {
            if (!Files.exists(MAIN.resolve(type + ".java")) && !Files.exists(TEST.resolve(type + ".java"))) {
                missing.add(type);
            }
        }
        for (String test : matches(document, "`(\\w+(?:Test|Measurement|Properties))`")) {
            try (Stream<Path> files = Files.walk(TEST)) {
                if (files.noneMatch(file -> file.endsWith(test + ".java"))) {
                    missing.add(test);
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void every_decision_record_is_in_their_list() throws IOException {
        String list = Docs.text(Path.of("docs/decisions/README.md"));
        try (Stream<Path> files = Files.list(Path.of("docs/decisions"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.matches("\\d{4}-.*\\.md")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(list).contains("(" + name + ")"));
        }
    }

    @Test
    void the_house_in_the_guide_for_contributors_has_every_package() throws IOException {
        String guide = Docs.text(Path.of("CONTRIBUTING.md"));
        try (Stream<Path> folders = Files.list(MAIN)) {
            List<String> packages = folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
            assertThat(packages)
                    .allSatisfy(name -> assertThat(guide).containsPattern("(?m)^(?:│ *)?" + name + " +\\S"));
        }
    }

    private static List<String> matches(Path document, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(Docs.text(document));
        return matcher.results().map((MatchResult found) -> found.group(1)).toList();
    }
}
