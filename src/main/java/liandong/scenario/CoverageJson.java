package liandong.scenario;

import java.util.ArrayList;
import java.util.List;
import liandong.incident.Member;
import liandong.policy.RuleRef;
import liandong.scenario.Coverage.RowState;
import liandong.scenario.Coverage.Sum;
import liandong.scenario.TableCoverage.OfCondition;
import liandong.scenario.TableCoverage.OfRow;

/** What scenarios have shown of a policy, as JSON; rows of which all has been shown are left out. */
public record CoverageJson(
        @Member(meaning = "what has been shown of all tables", flattened = true)
        Figures figures,

        @Member(meaning = "codes of the rules that no scenario made fire", example = "\"RTE-040\"")
        List<String> rulesNeverFired,

        @Member(meaning = "the tables, by file and sheet") List<OfTable> tables) {

    /** What has been shown, in numbers. */
    public record Figures(
            @Member(meaning = "how many rows there are", example = "120")
            int rows,

            @Member(meaning = "of these, among the reasons of an answer", example = "80")
            int decided,

            @Member(meaning = "of these, matched in vain: the answers rest on others", example = "10")
            int lost,

            @Member(meaning = "of these, never matched", example = "30")
            int never,

            @Member(meaning = "how many conditions the rows have", example = "300")
            int conditions,

            @Member(meaning = "of these, met by a scenario", example = "200")
            int held,

            @Member(meaning = "of these, not met by a scenario", example = "190")
            int failed,

            @Member(meaning = "of these, alone kept their row from matching", example = "150")
            int deciding) {

        static Figures of(Sum sum) {
            return new Figures(
                    sum.rows(),
                    sum.decided(),
                    sum.lost(),
                    sum.rows() - sum.decided() - sum.lost(),
                    sum.conditions(),
                    sum.held(),
                    sum.failed(),
                    sum.deciding());
        }
    }

    /** What has been shown of a table. */
    public record OfTable(
            @Member(meaning = "its workbook", example = "\"routing.xlsx\"")
            String file,

            @Member(meaning = "its sheet", example = "\"派单目录\"")
            String sheet,

            @Member(meaning = "what has been shown of it", flattened = true)
            Figures figures,

            @Member(meaning = "the rows of which something has not been shown")
            List<Open> open) {}

    /** A row of which something has not been shown. */
    public record Open(
            @Member(meaning = "its id", example = "\"DUTY-0086\"")
            String row,

            @Member(meaning = "where it stands", example = "\"routing.xlsx 派单目录!A88\"")
            String at,

            @Member(meaning = "how it has fared") RowState state,

            @Member(meaning = "the conditions of which something has not been shown")
            List<Untested> conditions) {}

    /** A condition of which something has not been shown. */
    public record Untested(
            @Member(meaning = "the header of its column", example = "\"人数\"")
            String column,

            @Member(meaning = "its cell as staff wrote it", example = "\"≥10\"")
            String cell,

            @Member(meaning = "whether a scenario met it") boolean held,

            @Member(meaning = "whether a scenario did not meet it")
            boolean failed,

            @Member(meaning = "whether it alone kept its row from matching once")
            boolean deciding) {}

    static CoverageJson of(Coverage coverage) {
        var tables = new ArrayList<OfTable>();
        for (TableCoverage table : coverage.tables()) {
            var open = new ArrayList<Open>();
            for (OfRow row : table.rows()) {
                RowState state = coverage.state(row);
                List<OfCondition> untested = Coverage.untested(row);
                if (state != RowState.DECIDED || !untested.isEmpty()) {
                    open.add(new Open(
                            row.row().id(),
                            row.row().at(),
                            state,
                            untested.stream()
                                    .map(each -> new Untested(
                                            each.header(), each.text(), each.held(), each.failed(), each.decided()))
                                    .toList()));
                }
            }
            tables.add(new OfTable(
                    table.table().file(), table.table().sheet(), Figures.of(coverage.sum(table)), List.copyOf(open)));
        }
        return new CoverageJson(
                Figures.of(coverage.sum()),
                coverage.silent().stream().map(RuleRef::code).toList(),
                List.copyOf(tables));
    }
}
