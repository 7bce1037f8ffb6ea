package liandong.routing;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import liandong.analysis.AnalysedTable;
import liandong.analysis.LivingRows;
import liandong.calendar.Limit;
import liandong.incident.Body;
import liandong.incident.EventType;
import liandong.incident.Term;
import liandong.incident.Urgency;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;

/** Duties and limits that cannot be meant: a body that assists itself, and what is most urgent and may take days. */
final class DutyAnalysis {
    private static final Duration DAY = Duration.ofDays(1);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final Policy policy;
    private final List<AnalysedTable> tables;
    private final Consumer<Problem> problems;
    private final WorstCase longest;

    DutyAnalysis(Policy policy, List<AnalysedTable> tables, LocalDate today, Consumer<Problem> problems) {
        this.policy = policy;
        this.tables = tables;
        this.problems = problems;
        this.longest = new WorstCase(policy.calendar(), today);
    }

    void tell() {
        LivingRows<DutyRow> duties = LivingRows.of(DutyRow.class, policy, tables);
        if (duties != null) {
            duties.each((row, number) -> {
                Body lead = row.lead();
                if (lead != null && row.assisting().contains(lead)) {
                    problems.accept(Problem.of(Code.LEAD_ASSISTS_ITSELF, duties.at(number, "配合"), lead.label()));
                }
            });
        }
        LivingRows<UrgencyRow> urgencies = LivingRows.of(UrgencyRow.class, policy, tables);
        LivingRows<StageRow> stages = LivingRows.of(StageRow.class, policy, tables);
        List<Urgency> degrees = policy.vocabulary().all(Urgency.class);
        if (urgencies != null && stages != null && degrees.size() > 1) {
            Urgency most =
                    degrees.stream().max(Comparator.comparingInt(Urgency::rank)).orElseThrow();
            slow(urgencies, stages, most);
        }
    }

    /** First stages that may take longer than a day, over a night or a weekend, though a matter is most urgent. */
    private void slow(LivingRows<UrgencyRow> urgencies, LivingRows<StageRow> stages, Urgency most) {
        List<EventType> urgent = policy.vocabulary().all(EventType.class).stream()
                .filter(type -> IntStream.range(0, urgencies.table().rows().size())
                        .anyMatch(number -> urgencies.row(number).urgency().equals(most)
                                && urgencies.analysis().mayCount(number, Map.of("事项", type))))
                .toList();
        stages.each((row, number) -> {
            if (isOverADay(row.limit()) && stages.analysis().mayApply(number, Map.of("紧急程度", most))) {
                List<String> types = urgent.stream()
                        .filter(type -> isFirst(stages, number, Map.of("事项", type, "紧急程度", most)))
                        .map(EventType::label)
                        .toList();
                if (!types.isEmpty()) {
                    problems.accept(Problem.of(
                            Code.SLOW_WHEN_URGENT,
                            stages.at(number, "时限"),
                            most.label(),
                            row.stage(),
                            row.limit().label(),
                            LivingRows.named(types),
                            example(row.limit())));
                }
            }
        });
    }

    /** Whether a row's stage may be the first, and no row that applies whenever it does has one that is as early and quick. */
    private boolean isFirst(LivingRows<StageRow> stages, int number, Map<String, ? extends Term> facts) {
        if (!stages.analysis().mayCount(number, facts)) {
            return false;
        }
        StageRow row = stages.row(number);
        var earlier = new ArrayList<Integer>();
        stages.each((other, place) -> {
            if (other.order() < row.order() || (other.order() == row.order() && !isOverADay(other.limit()))) {
                earlier.add(place);
            }
        });
        return earlier.stream().noneMatch(other -> stages.analysis().coversAll(other, number, facts));
    }

    private boolean isOverADay(Limit limit) {
        return longest.of(limit).length().compareTo(DAY) > 0;
    }

    /** When a limit that sleeps lasts longer, in words that need no language; empty for one that runs day and night. */
    private String example(Limit limit) {
        WorstCase.Longest longest = this.longest.of(limit);
        return limit.standsStill()
                ? " (" + longest.from().format(MINUTE) + " → "
                        + longest.from().plus(longest.length()).format(MINUTE) + ")"
                : "";
    }
}
