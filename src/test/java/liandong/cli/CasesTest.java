package liandong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import liandong.cli.Commands.Run;
import liandong.sheet.WorkbookReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Inputs that were once answered wrongly, as {@code src/test/resources/cases/README.md} lists them: what takes the place of
 * its like in a copy of the stock policy, and is then asked as its user would ask it.
 */
@Tag("slow")
class CasesTest {
    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder = Path.of("");

    /** The stock policy with the workbooks and rules of a case in it. */
    private Path policy(String name, String... without) throws IOException {
        Path my = folder.resolve("my");
        Path tables = Files.createDirectories(my.resolve("decision-tables"));
        Path rules = Files.createDirectories(my.resolve("rules"));
        copy(Path.of("rules"), rules, rules);
        copy(Path.of("decision-tables"), tables, tables);
        for (String file : without) {
            Files.delete(tables.resolve(file));
        }
        copy(CASES.resolve(name), tables, rules);
        return my;
    }

    private static void copy(Path from, Path tables, Path rules) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                boolean isRule = name.endsWith(".drl") || name.endsWith(".drl.xlsx");
                if (isRule || name.toLowerCase(Locale.ROOT).endsWith(".xlsx")) {
                    Files.write((isRule ? rules : tables).resolve(name), Files.readAllBytes(file));
                }
            }
        }
    }

    private static List<JsonNode> answers(Run run) {
        return run.out().lines().<JsonNode>map(JSON::readTree).toList();
    }

    private static List<String> outcomes(Run run) {
        return answers(run).stream()
                .map(answer -> answer.path("incidentId").asString("") + " "
                        + answer.path("outcome").asString(""))
                .toList();
    }

    /** The findings of a check, each as its place and code. */
    private static List<String> findings(Path path) {
        Run run = Commands.run("check", path, "--format", "json");
        var findings = new ArrayList<String>();
        JSON.readTree(run.out())
                .path("problems")
                .forEach(each -> findings.add(
                        each.path("at").asString("") + " " + each.path("code").asString("")));
        return findings;
    }

    @Test
    void g01_a_rate_that_is_shown_as_100_percent_is_100() throws IOException {
        Run run = Commands.run(
                "close", CASES.resolve("g01-percent-rate/close.ndjson"), "--policy", policy("g01-percent-rate"));

        JsonNode sampling = answers(run).get(0).path("sampling");
        assertThat(sampling.path("rate").asInt()).isEqualTo(100);
        assertThat(sampling.path("taken").asBoolean()).isTrue();
        assertThat(answers(run).get(0).path("followUp").path("due").isMissingNode())
                .isFalse();
    }

    @Test
    void g02_targets_that_are_shown_as_70_and_90_percent_give_the_points_of_70_and_90() throws IOException {
        String[] period = {"score", "--due", "972", "--closed", "300", "--on-time", "100", "--lang", "en"};
        Run run = Commands.run(Stream.concat(Stream.of(period), Stream.of("--policy", policy("g02-percent-threshold")))
                .toArray());

        assertThat(run.out()).contains("达标值 70，", "达标值 90，").doesNotContain("达标值 0.");
        assertThat(run.out()).containsPattern("Total +20\\.00 ");
    }

    @Test
    void g03_a_number_beyond_all_limits_is_the_fault_of_its_line_alone() {
        Run run = Commands.run("route", CASES.resolve("g03-huge-exponent/reports.ndjson"));

        assertThat(outcomes(run)).containsExactly("L1 ASSIGNED", " ", "L3 ASSIGNED");
        assertThat(answers(run).get(1).path("status").asInt()).isBetween(400, 499);
    }

    @Test
    void g04_a_cut_byte_changes_the_encoding_of_nothing_and_its_line_is_told() {
        Run run = Commands.run("route", CASES.resolve("g04-cut-byte/reports.csv"), "--lang", "en");

        assertThat(outcomes(run)).contains("A-2 ASSIGNED");
        assertThat(run.err()).contains("reports.csv was read as UTF-8.", "Problems: 1.");
    }

    @Test
    void g05_the_line_where_a_quote_opens_that_is_never_closed_is_told() {
        Run run = Commands.run("route", CASES.resolve("g05-unclosed-quote/reports.csv"), "--lang", "en");

        assertThat(run.err()).contains("reports.csv:2: BAD_CSV");
        assertThat(run.exitCode()).isNotZero();
    }

    @Test
    void g06_a_day_that_is_off_and_on_is_an_error_at_the_second_row() throws IOException {
        Path calendar = policy("g06-day-off-and-on").resolve("decision-tables/calendar.xlsx");

        assertThat(findings(calendar)).contains("calendar.xlsx 节假日!B681 CONTRADICTORY_DATE");
    }

    @Test
    void g07_a_year_of_one_row_is_told_and_does_not_count_as_announced() throws IOException {
        Path my = policy("g07-one-row-year");

        assertThat(findings(my.resolve("decision-tables/calendar.xlsx")))
                .contains("calendar.xlsx 节假日!A681 INCOMPLETE_YEAR");
        Run run = Commands.run("route", CASES.resolve("g07-one-row-year/reports.ndjson"), "--policy", my);
        assertThat(outcomes(run))
                .containsExactly("R-2026-09-28 ASSIGNED", "R-2026-12-30 ASSIGNED", "R-2027-02-04 ASSIGNED");
    }

    @Test
    void g08_a_file_whose_extension_is_in_capitals_is_read() throws IOException {
        Path my = policy("g08-upper-extension", "closure.xlsx");

        assertThat(findings(my))
                .noneMatch(each -> each.contains("MISSING_FILE") || each.contains("PASSED_OVER"))
                .anyMatch(each -> each.startsWith("closure."));
    }

    @Test
    void g11_a_workbook_whose_styles_part_has_no_fills_is_formatted() throws IOException {
        formats("g11-thin-styles");
    }

    @Test
    void g12_coloured_cells_far_out_are_no_content() throws IOException {
        Path closure = policy("g12-coloured-far").resolve("decision-tables/closure.xlsx");

        Run run = Commands.run("check", closure, "--fail-on", "error");

        assertThat(run.out()).contains("closure.xlsx").doesNotContain("TOO_WIDE");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void g16_a_strict_workbook_is_formatted() throws IOException {
        formats("g16-strict");
    }

    private void formats(String name) throws IOException {
        Path closure = policy(name).resolve("decision-tables/closure.xlsx");

        Run run = Commands.run("format", closure, "--renew-lists");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(closure.resolveSibling("closure.xlsx.bak")).exists();
        assertThat(Commands.run("format", closure, "--check-only").exitCode()).isZero();
        assertThat(Commands.run("check", closure, "--fail-on", "error").exitCode())
                .isZero();
    }

    @Test
    void g17_a_rule_in_a_group_that_never_gets_its_turn_is_refused() throws IOException {
        refuses("g17-rule-group", "rules/people.drl.xlsx 规则!B9: RULE_ATTRIBUTE");
    }

    @Test
    void g18_a_rule_that_goes_by_the_machines_date_is_refused() throws IOException {
        refuses("g18-rule-dated", "rules/extra.drl:5: RULE_ATTRIBUTE");
    }

    @Test
    void g19_a_date_in_a_rule_table_is_told_at_its_cell() throws IOException {
        refuses("g19-rule-date-cell", "rules/people.drl.xlsx 规则!D9: DATE_IN_RULE_TABLE");
    }

    /** No report is decided by the policy, and why is told without a stack trace. */
    private void refuses(String name, String why) throws IOException {
        Run run = Commands.run(
                "route", CASES.resolve("g17-rule-group/reports.ndjson"), "--policy", policy(name), "--lang", "en");

        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(why).doesNotContain("\tat ", "Exception");
        assertThat(run.exitCode()).isNotZero();
    }

    @Test
    void g09_a_comma_inside_one_keyword_is_a_finding_at_its_cell() throws IOException {
        assertThat(findings(policy("g09-keyword-comma").resolve("decision-tables/routing.xlsx")))
                .anyMatch(each -> each.startsWith("routing.xlsx 关键词!B10 "));
    }

    @Test
    void g10_an_escaped_carriage_return_is_one_and_a_keyword_with_it_counts_or_is_told() throws IOException {
        Path routing = policy("g10-x-escape").resolve("decision-tables/routing.xlsx");

        String cell = WorkbookReader.read("routing.xlsx", Files.readAllBytes(routing), problem -> {}).stream()
                .filter(sheet -> sheet.name().equals("关键词"))
                .flatMap(sheet -> sheet.lines().stream())
                .filter(line -> line.number() == 10)
                .map(line -> line.cell(1).text())
                .findFirst()
                .orElseThrow();

        assertThat(cell).doesNotContain("_x000D_");
        // At the end of a cell it is a blank like others; within, it divides the word, and that is told.
        assertThat(cell.indexOf('\r') < 0
                        || findings(routing).stream().anyMatch(each -> each.startsWith("routing.xlsx 关键词!B10 ")))
                .isTrue();
    }
}
