package liandong;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.Category;
import liandong.incident.EventType;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.stock.Stock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A test that looks at the stock policy knows nothing of what staff have written in it, so that editing a workbook may fail a
 * scenario but never Java. Tests whose policy is their own ({@link District}, {@code TinyPolicy}) may name what is in that.
 */
class StaffDataTest {
    private static final Path TESTS = Path.of("src/test/java");

    /** How a test comes to the stock policy: as a policy, or as its files. */
    private static final Pattern LOOKS_AT_STOCK = Pattern.compile(
            "Stock\\.shangcheng|Stock::shangcheng|PolicyFiles\\s*\\.stock\\(\\)(?!\\s*\\.rules\\(\\))|Path\\.of\\(\"decision-tables\""
                    + "|\\bReports\\.");

    /** A service on a new store serves the stock policy, unless the test gives it one of its own. */
    private static final Pattern STARTS_SERVICE = Pattern.compile("Served\\.on|RunningService\\.on");

    private static boolean looksAtStock(String source) {
        return LOOKS_AT_STOCK.matcher(source).find()
                || (STARTS_SERVICE.matcher(source).find()
                        && !source.contains("TinyPolicy")
                        && !source.contains("Drafts."));
    }

    /** What ids of rows look like, so that D-1 is not found in AD-12. */
    private static final Pattern TOKEN = Pattern.compile("[A-Z]{2,4}-\\d{2,6}");

    /** What staff have written: ids of rows, and labels of bodies, event types, categories and areas, codes of areas. */
    private static Set<String> staffData() {
        Policy policy = Stock.shangcheng();
        var data = new TreeSet<String>();
        policy.tables()
                .forEach(table -> table.rows().forEach(row -> data.add(row.ref().id())));
        for (Class<? extends Term> set : List.of(Body.class, EventType.class, Category.class, Area.class)) {
            policy.vocabulary().all(set).forEach(term -> data.add(term.label()));
        }
        policy.vocabulary().all(Area.class).forEach(area -> data.add(area.code()));
        return data;
    }

    private static Set<String> named(String source, Set<String> data) {
        var named = new TreeSet<String>();
        for (Matcher token = TOKEN.matcher(source); token.find(); ) {
            if (data.contains(token.group())) {
                named.add(token.group());
            }
        }
        String literals = literals(source);
        data.stream()
                .filter(each -> !TOKEN.matcher(each).matches() && literals.contains(each))
                .forEach(named::add);
        return named;
    }

    /** What stands between quotation marks; code and comments speak of no data. */
    private static String literals(String source) {
        return Pattern.compile("\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"", Pattern.DOTALL)
                .matcher(source)
                .results()
                .map(each -> each.group())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void no_test_that_looks_at_the_stock_policy_names_a_row_or_a_word_of_it() throws IOException {
        Set<String> data = staffData();
        var looking = new ArrayList<String>();
        var found = new ArrayList<String>();
        try (Stream<Path> paths = Files.walk(TESTS)) {
            for (Path path : paths.filter(each -> each.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                String source = Files.readString(path);
                String name = path.getFileName().toString();
                if (looksAtStock(source)) {
                    looking.add(name);
                    named(source, data).forEach(each -> found.add(TESTS.relativize(path) + ": " + each));
                }
            }
        }

        assertThat(found)
                .as(
                        "what the stock policy answers belongs into decision-tables/scenarios; tests of a rule decide by District")
                .isEmpty();
        assertThat(looking).contains("StockPolicyTest.java", "ScenariosTest.java", "LibreOfficeTest.java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Stock.shangcheng()", "PolicyFiles.stock().files()", "Path.of(\"decision-tables\", file)"})
    void a_test_that_names_some_is_found(String look) {
        Set<String> data = staffData();
        String row = data.stream().filter(TOKEN.asMatchPredicate()).findFirst().orElseThrow();
        String label = Stock.shangcheng().vocabulary().all(Body.class).get(0).label();
        String source = "x(" + look + ", \"" + row + " and " + label + "\");";

        assertThat(LOOKS_AT_STOCK.matcher(source).find()).isTrue();
        assertThat(named(source, data)).containsExactlyInAnyOrder(row, label);
        assertThat(LOOKS_AT_STOCK
                        .matcher("policy(TinyPolicy.complete(), PolicyFiles.stock().rules())")
                        .find())
                .isFalse();
    }
}
