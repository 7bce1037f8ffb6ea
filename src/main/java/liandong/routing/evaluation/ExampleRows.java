package liandong.routing.evaluation;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import liandong.incident.EventType;
import liandong.policy.Policy;
import liandong.routing.ExampleRow;
import liandong.routing.TriageReason;
import liandong.table.Table;

/** Sentences that a policy reads otherwise than people do, or leaves to a person, as rows of 例句. */
final class ExampleRows {
    private static final ProposedRows.Layout LAYOUT = new ProposedRows.Layout(
            "例句",
            "例句 Examples：研读与标注不一致或转人工研判的信息；隐去姓名、住址，逐行核定后并入政策，不认可的删去",
            List.of("例句 Sentence", "事项 Event type", "危险 Danger", "诉求性质 Nature"),
            List.of(12, 70, 25, 9, 12, 46, 10, 11, 11, 60),
            "EX-00000");

    private final ProposedRows<ExampleRow> rows;
    private final String basis;
    private final Set<String> present = new HashSet<>();

    /**
     * No rows yet.
     *
     * @param policy the policy they are meant for: a sentence that it has is not proposed again
     * @param basis what they rest on
     */
    ExampleRows(Policy policy, String basis) {
        this.rows = new ProposedRows<>(policy, ExampleRow.class, LAYOUT);
        this.basis = basis;
        Table<ExampleRow> own = policy.table(ExampleRow.class);
        if (own != null) {
            own.rows().forEach(row -> present.add(ExampleText.key(row.sentence())));
        }
    }

    /**
     * Takes a text for an example, unless the policy reads it as its label does.
     *
     * @param part what the label is of
     * @param type the event type by the label
     */
    void take(Measured text, Part part, EventType type) {
        if (isReadRightly(text, part) || !present.add(ExampleText.key(text.row().text()))) {
            return;
        }
        Wanted danger = text.row().wanted(Part.DANGER);
        Wanted nature = text.row().wanted(Part.NATURE);
        String readDanger =
                text.said().getOrDefault(Part.DANGER, List.of()).get(0).label();
        rows.add(
                List.of(
                        ExampleText.of(text.row().text()),
                        type.label(),
                        danger == null ? readDanger : danger.label().label(),
                        nature == null ? "" : nature.label().label()),
                basis,
                "第 " + text.row().number() + " 行，" + readAs(text, part) + (danger == null ? "；危险照研读结果填写，须核定" : ""));
    }

    /** Whether there is nothing to learn from a text; what was passed to an emergency line need not be read any further. */
    private static boolean isReadRightly(Measured text, Part part) {
        return text.isRight(part) || (text.relayed() && text.answered(part).isEmpty());
    }

    private static String readAs(Measured text, Part part) {
        if (text.triaged()) {
            String reason = Arrays.stream(TriageReason.values())
                    .filter(each -> each.code().equals(text.reason()))
                    .map(each -> "（" + each.label() + "）")
                    .findFirst()
                    .orElse("");
            return text.outcome().label()
                    + reason
                    + text.candidates().stream()
                            .limit(1)
                            .map(each -> "，最接近“" + each.label() + "”")
                            .reduce("", String::concat);
        }
        List<Word> answered = text.answered(part);
        return "研读为“" + (answered.isEmpty() ? text.outcome() : answered.get(0)).label() + "”";
    }

    /** The rows. */
    ProposedRows<ExampleRow> rows() {
        return rows;
    }
}
