package liandong.routing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import liandong.analysis.AnalysedTable;
import liandong.analysis.LivingRows;
import liandong.calendar.CalendarEndedException;
import liandong.calendar.Limit;
import liandong.calendar.LimitClock;
import liandong.calendar.WorkingCalendar;
import liandong.incident.Body;
import liandong.incident.EventType;
import liandong.incident.Term;
import liandong.incident.Urgency;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;

/** Duties and limits that cannot be meant: a body that assists itself, and what is most urgent and may take days. */
final class DutyAnalysis {
    private static final BigDecimal HOURS_OF_A_DAY = BigDecimal.valueOf(24);
    private static final BigDecimal MINUTES_OF_AN_HOUR = BigDecimal.valueOf(60);
    /** Days enough for one of them to be worked on. */
    private static final int DAYS = 14;

    private final Policy policy;
    private final List<AnalysedTable> tables;
    private final Consumer<Problem> problems;
    private final BigDecimal officeHours;

    DutyAnalysis(Policy policy, List<AnalysedTable> tables, LocalDate today, Consumer<Problem> problems) {
        this.policy = policy;
        this.tables = tables;
        this.problems = problems;
        this.officeHours = officeHours(policy.calendar(), today);
    }

    /** The hours for which offices are open on the longest of some days; those of a whole day when the calendar does not tell. */
    private static BigDecimal officeHours(WorkingCalendar calendar, LocalDate today) {
        Duration longest = Duration.ZERO;
        try {
            for (int day = 0; day < DAYS; day++) {
                ZonedDateTime begin = today.plusDays(day).atStartOfDay(calendar.zone());
                Duration open = calendar.openBetween(begin, begin.plusDays(1));
                longest = open.compareTo(longest) > 0 ? open : longest;
            }
        } catch (CalendarEndedException e) {
            return HOURS_OF_A_DAY;
        }
        return longest.isZero()
                ? HOURS_OF_A_DAY
                : BigDecimal.valueOf(longest.toMinutes()).divide(BigDecimal.valueOf(60), 2, RoundingMode.UP);
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

    /** First stages that may take longer than a day though a matter is most urgent. */
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
                            LivingRows.named(types)));
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
        WorkingCalendar.Shift daily = limit.daily();
        if (daily != null) {
            long minutes = Math.floorMod(
                    Duration.between(daily.opens(), daily.closes()).toMinutes(), 24L * 60);
            BigDecimal amount =
                    limit.clock() == LimitClock.HOUR ? limit.amount().multiply(MINUTES_OF_AN_HOUR) : limit.amount();
            return amount.compareTo(BigDecimal.valueOf(minutes)) > 0;
        }
        BigDecimal day = switch (limit.clock()) {
            case MINUTE -> HOURS_OF_A_DAY.multiply(MINUTES_OF_AN_HOUR);
            case HOUR -> HOURS_OF_A_DAY;
            case WORKING_HOUR -> officeHours;
            case MONTH -> BigDecimal.ZERO;
            case DAY, WORKING_DAY -> BigDecimal.ONE;
        };
        return limit.amount().compareTo(day) > 0;
    }
}
