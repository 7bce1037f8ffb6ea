package liandong.console;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The texts of the pages: both languages have each, and pages name none that is not there. */
class ConsoleTextsTest {
    private static final Path PAGES = Path.of("src/main/resources/liandong/console/pages");
    private static final Path JAVA = Path.of("src/main/java/liandong/console");
    private static final Pattern IN_PAGE = Pattern.compile("#\\{([A-Za-z][A-Za-z0-9.]*)[}(]");
    private static final Pattern IN_JAVA = Pattern.compile("Say\\.of\\([^,]+, \"([A-Za-z][A-Za-z0-9.]*)\"[,)]");
    private static final Pattern QUOTED = Pattern.compile("\\{\\d}");
    private static final Properties ENGLISH = read("messages.properties");

    private static final Properties CHINESE = read("messages_zh.properties");

    private static Properties read(String file) {
        var properties = new Properties();
        try (InputStream in = requireNonNull(Say.class.getResourceAsStream(file))) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return properties;
    }

    private static List<String> named(Path folder, Pattern pattern) throws IOException {
        var named = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                pattern.matcher(Files.readString(file))
                        .results()
                        .map(each -> each.group(1))
                        .forEach(named::add);
            }
        }
        return named;
    }

    @Test
    void both_languages_have_the_same_texts_which_quote_the_same() {
        assertThat(new TreeSet<>(CHINESE.stringPropertyNames()))
                .isEqualTo(new TreeSet<>(ENGLISH.stringPropertyNames()));
        for (String key : ENGLISH.stringPropertyNames()) {
            assertThat(quoted(CHINESE.getProperty(key))).as(key).isEqualTo(quoted(ENGLISH.getProperty(key)));
            assertThat(ENGLISH.getProperty(key)).as(key).isNotBlank();
        }
    }

    private static Set<String> quoted(String text) {
        return QUOTED.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void every_text_that_a_page_or_a_class_names_is_there() throws IOException {
        List<String> named = named(PAGES, IN_PAGE);
        named.addAll(named(JAVA, IN_JAVA));

        assertThat(named).isNotEmpty();
        assertThat(ENGLISH.stringPropertyNames()).containsAll(named);
    }

    @Test
    void no_text_stands_twice_and_the_chinese_ones_are_chinese() throws IOException {
        for (String file : List.of("messages.properties", "messages_zh.properties")) {
            List<String> keys =
                    Files.readAllLines(Path.of("src/main/resources/liandong/console")
                                    .resolve(file))
                            .stream()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .map(line -> line.substring(0, line.indexOf('=')))
                            .toList();
            assertThat(keys).doesNotHaveDuplicates();
        }
        for (String key : CHINESE.stringPropertyNames()) {
            assertThat(CHINESE.getProperty(key)).as(key).containsPattern("\\p{IsHan}|^\\P{L}*$");
        }
    }
}
