package liandong.cli.cases;

import java.util.List;
import liandong.explain.Page;
import liandong.explain.Phrases;
import liandong.explain.ReasonsSection;
import liandong.scenario.WhyNotAnswer;
import liandong.scenario.WhyNotAnswer.Altered;
import liandong.scenario.WhyNotAnswer.Gate;
import liandong.scenario.WhyNotAnswer.Lacking;
import liandong.scenario.WhyNotAnswer.Later;
import liandong.scenario.WhyNotAnswer.Nearest;

/** Why an answer does not say what somebody would have it say, as a person reads it. */
final class WhyNotPage {
    private final Page page = new Page();
    private final Phrases say;

    private WhyNotPage(Phrases say) {
        this.say = say;
    }

    static String of(WhyNotAnswer answer, Phrases say) {
        var page = new WhyNotPage(say);
        page.write(answer);
        return page.page.toString();
    }

    private void write(WhyNotAnswer answer) {
        page.entry(0, say.of("whyNot.heading") + "  ", say.of("whyNot.wanted", answer.part(), answer.wanted()));
        if (answer.given()) {
            page.paragraph(2, say.of("whyNot.given"));
            return;
        }
        if (!answer.actual().isEmpty()) {
            page.paragraph(2, say.of("whyNot.actual", answer.actual()));
        }
        page.heading(say.of("whyNot.changes"));
        answer.changes().forEach(this::change);
        Later later = answer.later();
        if (later != null) {
            String time = ReasonsSection.time(later.from());
            page.entry(2, "• ", say.of("whyNot.later", time) + then(later.outcome()));
        }
        if (answer.changes().isEmpty()) {
            page.paragraph(2, say.of(later == null ? "whyNot.none" : "whyNot.noneOfFacts"));
        }
        Gate gate = answer.gate();
        if (gate != null) {
            page.heading(say.of("whyNot.gate"));
            gate(gate);
        }
        page.heading(say.of("whyNot.rows"));
        answer.rows().forEach(this::row);
        if (answer.rows().isEmpty()) {
            page.paragraph(2, say.of("whyNot.noRows"));
        }
        page.heading(say.of("whyNot.tried"));
        page.paragraph(2, say.of("whyNot.reached." + answer.reached(), answer.tried()));
        page.paragraph(2, say.of("whyNot.kept", say.list(answer.kept())));
    }

    private void change(Nearest change) {
        List<String> facts = change.facts().stream().map(this::fact).toList();
        page.entry(2, "• ", say.list(facts) + then(change.outcome()));
    }

    private String fact(Altered fact) {
        String name = say.half(fact.label());
        if (fact.to().startsWith("+ ")) {
            return say.of("whyNot.more", name, fact.to().substring(2));
        }
        String unknown = say.of("whyNot.unknown");
        return say.of(
                "whyNot.fact",
                name,
                fact.from().isEmpty() ? unknown : fact.from(),
                fact.to().isEmpty() ? unknown : fact.to());
    }

    private String then(String outcome) {
        return outcome.isEmpty() ? "" : say.of("whyNot.then", outcome);
    }

    private void gate(Gate gate) {
        if (gate.order() > 0) {
            String none = say.of("whyNot.noRow");
            page.entry(
                    2,
                    "• ",
                    say.of(
                            "whyNot.table",
                            gate.order(),
                            gate.of(),
                            gate.sheet(),
                            gate.was().isEmpty() ? none : say.list(gate.was()),
                            gate.becomes().isEmpty() ? none : say.list(gate.becomes())));
            gate.rows().forEach(this::row);
        }
        gate.rules().forEach(rule -> page.entry(2, "• ", say.of("whyNot.rule", rule)));
    }

    private void row(Lacking row) {
        page.entry(4, "", say.of("explain.near", row.row(), row.at(), row.says()));
        String where = say.of("whyNot.asked", row.order(), row.of());
        switch (row.why()) {
            case CONDITIONS, NOT_IN_FORCE ->
                row.failed().forEach(failed -> page.paragraph(6, ReasonsSection.lacked(failed, say)));
            case ROW_ABOVE -> page.paragraph(6, say.of("whyNot.above", say.list(row.above())));
            case NOT_ASKED, OUTWEIGHED, NOT_FOLLOWED -> page.paragraph(6, say.of("whyNot.why." + row.why()));
        }
        if (row.order() > 0) {
            page.paragraph(6, where);
        }
    }
}
