package liandong.console;

import java.util.List;
import liandong.explain.Phrases;
import liandong.explain.ReasonsSection;
import liandong.scenario.WhyNotAnswer;
import liandong.scenario.WhyNotAnswer.Altered;
import liandong.scenario.WhyNotAnswer.Gate;
import liandong.scenario.WhyNotAnswer.Lacking;
import liandong.scenario.WhyNotAnswer.Nearest;
import org.jspecify.annotations.Nullable;

/**
 * Why an answer does not say something else, in the words of a reader.
 *
 * @param wanted what was asked for
 * @param given whether the answer says so as it is
 * @param actual what it says instead; empty when a row or rule was asked for
 * @param gate the first table that says something else; null when none is known
 * @param changes what would give it, the nearest first
 * @param later from when on nothing but time gives it; empty when it does not
 * @param rows rows that would say so, those that lack the least first
 * @param reached how far it was looked
 */
record WhyNotView(
        String wanted,
        boolean given,
        String actual,
        @Nullable Gate gate,
        List<Row> gateRows,
        List<Way> changes,
        String later,
        List<Row> rows,
        String reached,
        String kept) {
    /** Facts that would have to be otherwise, and what would come of it. */
    record Way(List<Fact> facts, String outcome) {}

    /**
     * A fact that would have to be otherwise.
     *
     * @param from what it is; of something that is added, empty
     */
    record Fact(String name, String from, String to) {}

    /**
     * A row that would say so.
     *
     * @param lacks what keeps it from that, a sentence each
     */
    record Row(String id, String sheet, String says, List<String> lacks) {}

    static WhyNotView of(WhyNotAnswer answer, Phrases say) {
        var later = answer.later();
        Gate gate = answer.gate();
        return new WhyNotView(
                say.of("whyNot.wanted", answer.part(), answer.wanted()),
                answer.given(),
                answer.actual().isEmpty() ? "" : say.of("whyNot.actual", answer.actual()),
                gate,
                gate == null
                        ? List.of()
                        : gate.rows().stream().map(row -> row(row, say)).toList(),
                answer.changes().stream().map(each -> way(each, say)).toList(),
                later == null
                        ? ""
                        : say.of("whyNot.later", ReasonsSection.time(later.from()))
                                + (later.outcome().isEmpty() ? "" : say.of("whyNot.then", later.outcome())),
                answer.rows().stream().map(row -> row(row, say)).toList(),
                say.of("whyNot.reached." + answer.reached(), answer.tried()),
                answer.kept().isEmpty() ? "" : say.of("whyNot.kept", say.list(answer.kept())));
    }

    private static Way way(Nearest change, Phrases say) {
        return new Way(change.facts().stream().map(each -> fact(each, say)).toList(), change.outcome());
    }

    private static Fact fact(Altered fact, Phrases say) {
        String unknown = say.of("whyNot.unknown");
        boolean added = fact.to().startsWith("+ ");
        return new Fact(
                say.half(fact.label()),
                added ? "" : fact.from().isEmpty() ? unknown : fact.from(),
                fact.to().isEmpty() ? unknown : fact.to());
    }

    private static Row row(Lacking row, Phrases say) {
        List<String> lacks = switch (row.why()) {
            case CONDITIONS, NOT_IN_FORCE ->
                row.failed().stream()
                        .map(failed -> ReasonsSection.lacked(failed, say))
                        .toList();
            case ROW_ABOVE -> List.of(say.of("whyNot.above", say.list(row.above())));
            case NOT_ASKED, OUTWEIGHED, NOT_FOLLOWED -> List.of(say.of("whyNot.why." + row.why()));
        };
        String place = row.at().substring(0, Math.max(0, row.at().indexOf('!')));
        return new Row(row.row(), place.substring(place.lastIndexOf(' ') + 1), row.says(), lacks);
    }
}
