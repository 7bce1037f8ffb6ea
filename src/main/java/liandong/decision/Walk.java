package liandong.decision;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import liandong.engine.Concluded;
import liandong.engine.Reason;
import liandong.policy.Policy;
import liandong.table.NearMiss;
import liandong.table.Row;
import liandong.table.RowRef;
import liandong.table.Table;
import liandong.wire.BadRequestException;
import tools.jackson.databind.JsonNode;

/**
 * A decision with every question its tables were asked on the way, in the order in which they were asked.
 *
 * @param record the decision; what it says is the same as without anybody watching
 * @param steps the questions, each once
 */
public record Walk<F extends Record, D extends Record & Concluded>(DecisionRecord<F, D> record, List<Step> steps) {
    private static final int NEAR = 3;

    /**
     * A question that a table was asked.
     *
     * @param file the workbook
     * @param sheet the table
     * @param rows how many rows it has
     * @param live how many of them are in force on the day
     * @param hits the rows that covered what was asked about; by the table's hit policy, where several rows cover it and
     *     exactly one may, all of them are here and none counted
     * @param near the rows that nearly did, and what they lacked
     * @param told whether the answer names a row that hit as a reason
     */
    public record Step(
            String file, String sheet, int rows, int live, List<RowRef> hits, List<Near> near, boolean told) {}

    /**
     * A row that nearly covered what was asked about.
     *
     * @param row the row
     * @param failed the conditions that did not hold
     */
    public record Near(RowRef row, List<NearMiss.Failed> failed) {}

    private record Question(Table<? extends Row> table, Object fact, LocalDate on) {}

    /**
     * Decides, and watches.
     *
     * @throws BadRequestException if the request says what cannot be, for that policy
     */
    public static <F extends Record, D extends Record & Concluded> Walk<F, D> of(
            DecisionService service, Decision<F, D> decision, Policy policy, JsonNode request)
            throws BadRequestException {
        Set<Question> asked = new LinkedHashSet<>();
        Policy watched = policy.watched((table, fact, on, singly) -> {
            if (!singly) {
                asked.add(new Question(table, fact, on));
            }
        });
        DecisionRecord<F, D> record = service.decide(decision, watched, request);
        Set<String> reasons = record.decided().because().stream()
                .map(Reason::row)
                .filter(row -> row != null)
                .collect(Collectors.toSet());
        var steps = new ArrayList<Step>();
        for (Question question : asked) {
            Step step = step(question, reasons);
            if (!steps.contains(step)) {
                steps.add(step);
            }
        }
        return new Walk<>(
                new DecisionRecord<>(decision, policy, record.request(), record.result(), record.whole()),
                List.copyOf(steps));
    }

    private static Step step(Question question, Set<String> reasons) {
        Table<? extends Row> table = question.table();
        List<RowRef> hits = table.match(question.fact(), question.on()).stream()
                .map(Row::ref)
                .toList();
        List<Near> near = table.nearMisses(question.fact(), question.on(), NEAR).stream()
                .flatMap(miss -> table.rows().stream()
                        .map(Row::ref)
                        .filter(ref -> ref.id().equals(miss.row()))
                        .map(ref -> new Near(ref, miss.failed())))
                .toList();
        return new Step(
                table.file(),
                table.sheet(),
                table.rows().size(),
                table.live(question.on()),
                hits,
                near,
                hits.stream().anyMatch(ref -> reasons.contains(ref.id())));
    }
}
