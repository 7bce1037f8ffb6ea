package liandong.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liandong.decision.Decisions;
import liandong.problem.Problem;
import liandong.table.Workbooks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleNamesTest {
    private final List<Problem> problems = new ArrayList<>();

    private String resolved(String drl) {
        var source = new RuleSource.Text("test.drl", drl);
        return new RuleNames(Decisions.schema(), List.of(source)).resolve(source, problems::add);
    }

    /** What becomes of rules below a package statement, line by line. */
    private List<String> below(String drl) {
        return resolved("package liandong.rules;\n" + drl).lines().skip(1).toList();
    }

    private List<String> lines(Locale locale) {
        return problems.stream().map(problem -> problem.line(locale)).toList();
    }

    @Test
    void every_type_and_global_is_declared_behind_the_package_statement() {
        String head = resolved("// 研判交办\n\npackage liandong.rules\nrule")
                .lines()
                .toList()
                .get(2);

        assertThat(head)
                .startsWith("package liandong.rules; import ")
                .contains(" import liandong.incident.Report;", " import liandong.routing.DutyRow;")
                .contains(" import liandong.table.MatchedRows;", " import java.util.List;")
                .contains(" global liandong.table.Tables tables;", " global liandong.routing.StagePlan stagePlan;");
        assertThat(problems).isEmpty();
    }

    @Test
    void a_type_that_rules_declare_themselves_is_theirs_whatever_ours_is_or_was_called() {
        String drl = resolved(
                "package liandong.rules;\ndeclare Stage\n  redo : Redo\nend\ndeclare Redo end\nStage( ) Quiet");

        assertThat(drl.lines().skip(1))
                .containsExactly(
                        "declare Stage", "  redo : Redo", "end", "declare Redo end", "Stage( ) NoActionReason");
        assertThat(drl).doesNotContain("liandong.closure.Redo;").contains("liandong.closure.RedoRow;");
        assertThat(problems).isEmpty();
    }

    @Test
    void statements_need_no_line_of_their_own() {
        assertThat(
                        resolved(
                                "/* 版权 */ package liandong.rules; import liandong.decision.DutyRow; import java.util.Set\nrule"))
                .startsWith("/* 版权 */ package liandong.rules; import ")
                .endsWith("; import java.util.Set\nrule")
                .doesNotContain("import DutyRow");
        assertThat(problems).isEmpty();
    }

    @Test
    void what_lies_within_a_type_is_imported_from_where_the_type_is_now() {
        assertThat(below("import liandong.decision.Tally.Votes\nimport static liandong.decision.Route.COMMUNITY"
                        + "\nimport liandong.rules.Mine"))
                .containsExactly(
                        "import liandong.routing.Tally.Votes",
                        "import static liandong.routing.RoutingPath.COMMUNITY",
                        "import liandong.rules.Mine");
        assertThat(problems).isEmpty();
    }

    @Test
    void a_type_of_another_library_is_the_one_that_is_imported() {
        assertThat(resolved("package liandong.rules;\nimport java.time.Period\n"))
                .contains("\nimport java.time.Period\n")
                .doesNotContain("liandong.scoring.Period;");
    }

    @Test
    void a_declaration_in_a_comment_declares_nothing() {
        assertThat(resolved("package liandong.rules;\n/*\ndeclare Report\nend */\n"))
                .contains("liandong.incident.Report;");
    }

    @Test
    void rules_without_a_package_statement_have_them_before_their_first_line() {
        List<String> lines = resolved("// package liandong.rules\nrule").lines().toList();

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("import ").endsWith("; // package liandong.rules");
        assertThat(lines.get(1)).isEqualTo("rule");
    }

    @Test
    void imports_of_former_packages_are_understood_by_the_simple_name_at_their_end() {
        assertThat(below("""
                        import liandong.decision.Duty
                          import liandong.table.Found;
                        import liandong.decision.Route; // where it goes
                        import liandong.incident.*
                        import java.time.Duration
                        import static java.lang.Math.max;
                        """))
                .containsExactly(
                        "",
                        "",
                        " // where it goes",
                        "",
                        "import java.time.Duration",
                        "import static java.lang.Math.max;");
        assertThat(problems).isEmpty();
    }

    @Test
    void globals_of_ours_are_declared_once_whatever_type_they_had() {
        assertThat(below("""
                        global liandong.table.Tables tables
                        global liandong.engine.Timetable timetable;
                        global java.util.List found
                        """)).containsExactly("", "", "global java.util.List found");
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Found( rows.size > 1 )                      | MatchedRows( rows.size > 1 )",
                "insert( new Route( Quiet.DEFERRED ) );      | insert( new RoutingPath( NoActionReason.DEFERRED ) );",
                "$it : Listed( on == Route.PLATFORM )        | $it : DutyMatched( on == RoutingPath.PLATFORM )",
                "timetable.schedule( $rows )                 | stagePlan.schedule( $rows )",
                "timetable.open( $stage ).size()             | caseClock.open( $stage ).size()",
                "timetable.calendar()                        | timetable.calendar()",
                "$plan.timetable.schedule( 1 )               | $plan.timetable.schedule( 1 )",
                "timetables.schedule( 1 )                    | timetables.schedule( 1 )",
                "new liandong.decision.LimitRow( $ref )      | new OverdueActionRow( $ref )",
                "liandong.calendar.LimitClock.DAY            | LimitClock.DAY",
                "Founder( foundBy == RouteMap.Found )        | Founder( foundBy == RouteMap.Found )",
                "$Found : Report( route == $Route )          | $Found : Report( route == $Route )",
            })
    void former_names_are_those_of_today(String formerly, String today) {
        assertThat(below(formerly)).containsExactly(today);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rule \"TST-001 Found, timetable.schedule and liandong.decision.Nothing\"",
                "\"an \\\" Found\"",
                "'Found liandong.decision.Nothing'",
                "// Found timetable.schedule liandong.decision.Nothing",
                "/* Found liandong.decision.Nothing */",
                "eval( true ) // import liandong.decision.Nothing",
            })
    void strings_and_comments_stay_as_they_are(String drl) {
        assertThat(below(drl)).containsExactly(drl);
        assertThat(problems).isEmpty();
    }

    @Test
    void statements_in_a_comment_are_none() {
        String comment = """
                /*
                package liandong.old
                import liandong.decision.Nothing
                global liandong.table.Tables tables
                */""";

        String resolved = resolved(comment + "\npackage liandong.rules\n");

        assertThat(resolved).startsWith(comment + "\npackage liandong.rules; import ");
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "import liandong.decision.DutyRwo           | DutyRwo | DutyRow",
                "import liandong.decision.DutyRwo // typo   | DutyRwo | DutyRow",
                "$r : liandong.decision.Reprot()            | Reprot  | Report",
                "global liandong.table.Tablse own           | Tablse  | Tables",
            })
    void an_unknown_name_is_told_at_its_line_with_the_nearest(String line, String unknown, String nearest) {
        below("\n" + line + "\n");

        assertThat(lines(Locale.ENGLISH))
                .containsExactly("rules/test.drl:3: UNKNOWN_RULE_NAME: Rules cannot name \"" + unknown
                        + "\": this program (policy format 3) has nothing of that name. Perhaps: " + nearest
                        + ". If the policy was written for a newer program, that program is needed.");
        assertThat(lines(Locale.CHINESE))
                .containsExactly("rules/test.drl:3: UNKNOWN_RULE_NAME: 规则中不能使用“" + unknown + "”：本程序（政策格式 3）没有这个名称。"
                        + " 是否为：" + nearest + "。如果政策是为更新的程序编写的，请先升级程序。");
    }

    @Test
    void a_name_unlike_any_is_told_with_some_of_those_there_are() {
        below("import liandong.decision.Quizzical");

        assertThat(lines(Locale.ENGLISH))
                .singleElement()
                .asString()
                .contains("Rules cannot name \"Quizzical\"", " Perhaps: Accepted, Action, ActionKind, ", ", …. ");
    }

    @Test
    void lines_stay_where_they_are() {
        String drl = """
                // 说明

                package liandong.rules

                import liandong.decision.Duty
                import liandong.table.Found
                global liandong.table.Tables tables

                rule "TST-001 无论何事"
                when
                    Found( /* over
                    two lines */ rows.size > 1 )
                then
                end
                """;

        List<String> before = drl.lines().toList();
        List<String> after = resolved(drl).lines().toList();

        assertThat(after).hasSameSizeAs(before);
        assertThat(after.get(8)).isEqualTo(before.get(8));
        assertThat(after.get(10)).isEqualTo("    MatchedRows( /* over");
        assertThat(after.get(11)).isEqualTo(before.get(11));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"%s\"", "'%s'", "// %s", "/* %s */", "$%s", "rule \"%s", "/* %s"})
    void what_is_long_does_not_exhaust_the_stack(String around) {
        String drl =
                String.format(around, "long ".repeat(200_000).strip().replace(' ', around.startsWith("$") ? '_' : ' '));

        assertThat(below(drl)).containsExactly(drl);
    }

    @Test
    void a_long_chain_of_names_does_not_exhaust_the_stack() {
        String drl = "a" + ".b".repeat(200_000);

        assertThat(below(drl)).containsExactly(drl);
    }

    // ———— In a policy ————

    private static final String BY_FORMER_NAMES = """
            rule "TST-001 无论何事，都转人工研判"
            @source("测试")
            when
                Report()
                $found : Found( ) from tables.find( liandong.decision.DutyRow.class, new Object() )
            then
                insert( new Triage( TriageReason.LOW_CONFIDENCE ) );
            end
            """;

    @Test
    void a_policy_whose_rules_name_what_there_was_once_loads() {
        assertThat(TinyPolicy.withOneRule().rules(BY_FORMER_NAMES).problems()).isEmpty();
    }

    @Test
    void a_policy_whose_rules_name_nothing_there_is_is_told_once_and_not_in_the_compilers_words() {
        var policy = TinyPolicy.withOneRule().rules(BY_FORMER_NAMES.replace("decision.DutyRow", "decision.DutyRows"));

        assertThat(policy.problems())
                .extracting(problem -> problem.at() + " " + problem.code())
                .containsExactly("rules/test.drl:" + (TinyPolicy.FIRST_LINE + 4) + " UNKNOWN_RULE_NAME");
    }

    private static TinyPolicy ruleTable(String type) {
        String[][] sheet = {
            {"", "RuleSet", "liandong.rules"},
            {"", "Import", "liandong.incident.Report, liandong.decision." + type},
            {""},
            {"", "RuleTable people"},
            {"", "NAME", "METADATA", "CONDITION", "ACTION"},
            {"", "", "", "$report : Report"},
            {"", "", "source( \"$param\" )", "id == $param", "insert( new " + type + "( $param ) );"},
            {"", "编号", "依据", "上报", "结论"},
            {"", "TST-001 第一件", "测试", "\"A\"", "TriageReason.LOW_CONFIDENCE"},
        };
        return TinyPolicy.withOneRule()
                .noRules()
                .file("rules/test.drl", new byte[0])
                .file("rules/people.drl.xlsx", Workbooks.xlsx(Map.of("规则", sheet)));
    }

    @Test
    void a_rule_table_names_types_by_former_packages_too() {
        assertThat(ruleTable("Triage").lines()).isEmpty();
    }

    @Test
    void an_unknown_name_in_a_rule_table_is_told_at_a_cell() {
        assertThat(ruleTable("Triagee").lines())
                .containsExactly("rules/people.drl.xlsx 规则!C2: UNKNOWN_RULE_NAME: Rules cannot name \"Triagee\": this"
                        + " program (policy format 3) has nothing of that name. Perhaps: Triage. If the policy was written"
                        + " for a newer program, that program is needed.");
    }
}
