package liandong.decision;

import java.util.List;
import liandong.engine.EngineResult;
import liandong.explain.Page;
import liandong.explain.Phrases;
import liandong.explain.PolicyRows;
import liandong.explain.ReasonsSection;

/** An answer as a person reads it: what was decided first, then what led to it, then what nearly did. */
public final class DecisionPage {
    private DecisionPage() {}

    /**
     * A page.
     *
     * @param told what was decided, in sentences, the most important first; at least one
     */
    public static String of(DecisionRecord<?, ?> record, List<String> told, Phrases say) {
        var page = new Page();
        var why = new ReasonsSection(record.policy(), say, new PolicyRows(record.policy()), page, row -> false);
        EngineResult<?> result = record.result();
        page.entry(0, say.of("explain.outcome") + "  ", told.get(0));
        told.stream().skip(1).forEach(line -> page.paragraph(2, line));
        List<String> unconfirmed = record.decided().unconfirmed();
        if (!unconfirmed.isEmpty()) {
            page.paragraph(2, say.of("explain.restsOnUnconfirmed", say.list(unconfirmed)));
        }
        page.heading(say.of("explain.because"));
        why.reasons(record.decided().because());
        page.heading(say.of("explain.nearest"));
        if (result.nearMisses().isEmpty()) {
            page.paragraph(2, say.of("explain.noneNear"));
        }
        why.near(result.nearMisses());
        why.footer("explain.caseFooter", record.subject(), record.request().now());
        return page.toString();
    }
}
