package liandong.decision;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import liandong.engine.EngineResult;
import liandong.explain.Page;
import liandong.explain.Phrases;
import liandong.explain.PolicyRows;
import liandong.explain.ReasonsSection;
import liandong.incident.Term;
import liandong.wire.AnswerShape;
import tools.jackson.databind.JsonNode;

/** An answer as a person reads it: what was decided first, then what led to it, then what nearly did. */
public final class DecisionPage {
    private DecisionPage() {}

    /**
     * A member of an answer as a person reads it.
     *
     * @param label what it is called
     * @param value what it says
     */
    public record Said(String label, String value) {}

    /** What was decided, member by member: each that its record gives a label, and that the answer has. */
    public static List<Said> said(DecisionRecord<?, ?> record, Phrases say) {
        var told = new ArrayList<Said>();
        for (AnswerShape.Field field : record.decision().shape().fields()) {
            List<JsonNode> found = AnswerShape.at(record.answer(), field.path());
            if (!field.trace() && !field.label().isEmpty() && !found.isEmpty()) {
                List<String> values =
                        found.stream().map(value -> text(field, value, say)).toList();
                told.add(new Said(say.half(field.label()), say.list(values)));
            }
        }
        return told;
    }

    /** What was decided, a line for each member: the generic page of a decision. */
    static List<String> members(DecisionRecord<?, ?> record, Phrases say) {
        return said(record, say).stream()
                .map(each -> say.of("explain.member", each.label(), each.value()))
                .toList();
    }

    private static String text(AnswerShape.Field field, JsonNode value, Phrases say) {
        if (value.isObject()) {
            return value.path("label").stringValue("");
        }
        if (value.isBoolean()) {
            return say.of(value.booleanValue() ? "explain.yes" : "explain.no");
        }
        if (!value.isString()) {
            return value.toString();
        }
        String text = value.stringValue();
        if (field.component().value() == OffsetDateTime.class) {
            return ReasonsSection.time(OffsetDateTime.parse(text));
        }
        Object[] words = field.component().value().getEnumConstants();
        return words == null
                ? text
                : Stream.of(words)
                        .map(Term.class::cast)
                        .filter(word -> word.code().equals(text))
                        .findFirst()
                        .map(say::word)
                        .orElse(text);
    }

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
            page.paragraph(2, ReasonsSection.restsOn(unconfirmed, record.policy(), say));
        }
        if (unconfirmed.stream().anyMatch(id -> id.startsWith("CAL-"))) {
            page.paragraph(2, say.of("explain.someProvisional"));
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
