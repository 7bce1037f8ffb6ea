package liandong.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import liandong.CallingSystem;
import liandong.Decide;
import liandong.closure.Proof;
import liandong.escalation.ReturnPaths;
import liandong.incident.Area;
import liandong.incident.BodyKind;
import liandong.incident.EventType;
import liandong.incident.Report;
import liandong.incident.Severity;
import liandong.incident.Source;
import liandong.incident.Vocabulary;
import liandong.policy.Policy;
import liandong.routing.PlannedStage;
import liandong.routing.RoutingDecision;
import liandong.routing.RoutingOutcome;
import liandong.table.Row;
import liandong.table.Table;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * What holds for the stock policy whatever its rows are. What it answers to a report stands in its scenario workbooks: no
 * row, label or number of it is known here.
 */
class StockPolicyTest {
    private static final Policy POLICY = Stock.shangcheng();
    private static final Vocabulary WORDS = POLICY.vocabulary();
    private static final List<EventType> TYPES = WORDS.all(EventType.class);
    private static final ZoneId ZONE = POLICY.calendar().zone();

    /** Numbers of people or sums of money between which bounds may lie. */
    private static final List<Integer> GROWING = List.of(0, 1, 2, 3, 5, 9, 10, 29, 30, 49, 50, 99, 100, 500, 10_000);

    /** A morning of the calendar's last year, long before the calendar ends. */
    private static final OffsetDateTime MORNING = morning();

    private static OffsetDateTime morning() {
        LocalDate date = POLICY.calendar().lastYear().atMonth(3).atDay(2);
        while (!POLICY.calendar().isWorkingDay(date)) {
            date = date.plusDays(1);
        }
        return date.atTime(9, 0).atZone(ZONE).toOffsetDateTime();
    }

    /** The morning of the last day that has been announced, and that of a day off by law. */
    @Test
    void every_report_is_answered_where_the_announced_calendar_ends_and_after() {
        LocalDate last = POLICY.calendar().lastYear().atMonth(12).atEndOfMonth();
        for (LocalDate day : List.of(last, last.plusDays(36), last.plusYears(3))) {
            OffsetDateTime now = day.atTime(9, 0).atZone(ZONE).toOffsetDateTime();
            for (EventType type : TYPES) {
                Report report = Report.of("C", now, WORDS.all(Source.class).get(0), narrowest(), "", type);
                RoutingDecision decision =
                        Decide.route(POLICY, report, now.toInstant(), false).decision();

                assertThat(decision.warnings()).as(type.label()).isEmpty();
                if (decision.assignment() != null) {
                    assertThat(decision.assignment().stages())
                            .isNotEmpty()
                            .allSatisfy(stage -> assertThat(stage.provisional() || isCertain(stage))
                                    .as(type.label() + " " + stage)
                                    .isTrue());
                }
            }
        }
    }

    @Test
    void who_judges_by_a_day_that_rests_on_an_unannounced_year_is_listed_as_unconfirmed() {
        OffsetDateTime now = POLICY.calendar()
                .lastYear()
                .atMonth(12)
                .atEndOfMonth()
                .plusDays(36)
                .atTime(9, 0)
                .atZone(ZONE)
                .toOffsetDateTime();
        Report report = Report.of("C", now, WORDS.all(Source.class).get(0), narrowest(), "你好", null);

        RoutingDecision decision =
                Decide.route(POLICY, report, now.toInstant(), false).decision();

        assertThat(decision.outcome()).isEqualTo(RoutingOutcome.MANUAL_TRIAGE);
        assertThat(decision.triage()).isNotNull();
        assertThat(decision.unconfirmed()).contains("CAL-" + now.getYear());
    }

    /** Whether nothing of a stage was counted through a year that has not been announced. */
    private static boolean isCertain(PlannedStage stage) {
        return POLICY.calendar()
                .unannounced(
                        stage.start().atZoneSameInstant(ZONE),
                        stage.limit(),
                        stage.due().atZoneSameInstant(ZONE))
                .isEmpty();
    }

    /** An area of each level, the widest first. */
    private static List<Area> areas() {
        var areas = new TreeMap<Integer, Area>();
        WORDS.all(Area.class).forEach(area -> areas.putIfAbsent(area.level().rank(), area));
        return List.copyOf(areas.values());
    }

    private static Area narrowest() {
        List<Area> areas = areas();
        return areas.get(areas.size() - 1);
    }

    /** What may be known of a report besides where it comes from and what it is about. */
    private record Harm(int deaths, int injured, int loss, int gathering) {
        static final Harm NONE = new Harm(0, 0, 0, 0);
    }

    private static RoutingDecision route(EventType type, Area area, boolean residentsOnly, boolean danger, Harm harm) {
        var report = new Report(
                "T-1",
                MORNING,
                WORDS.all(Source.class).get(0),
                area,
                "",
                type,
                null,
                residentsOnly,
                false,
                danger,
                false,
                null,
                harm.deaths(),
                harm.injured(),
                BigDecimal.valueOf(harm.loss()),
                0,
                harm.gathering(),
                null,
                null,
                null,
                null);
        return Decide.route(POLICY, report, MORNING.toInstant(), false).decision();
    }

    @Test
    void every_row_says_what_it_rests_on_under_an_id_of_its_own() {
        var ids = new HashSet<String>();
        for (Table<? extends Row> table : POLICY.tables()) {
            for (Row row : table.rows()) {
                assertThat(row.ref().source()).as(row.ref().at()).isNotBlank();
                assertThat(ids.add(row.ref().id())).as(row.ref().id()).isTrue();
            }
        }
        assertThat(ids).isNotEmpty();
    }

    @Test
    void a_row_that_says_it_is_inferred_is_not_confirmed() {
        for (Table<? extends Row> table : POLICY.tables()) {
            assertThat(table.rows())
                    .filteredOn(row -> row.ref().source().contains("推定")
                            || row.ref().source().contains("统计得出"))
                    .allSatisfy(row ->
                            assertThat(row.ref().confirmed()).as(row.ref().at()).isFalse());
        }
    }

    @Test
    void every_event_type_finds_somebody_and_a_due_time_wherever_it_is_reported_or_has_a_lawful_way_of_its_own() {
        for (EventType type : TYPES) {
            for (Area area : areas()) {
                for (boolean residents : new boolean[] {false, true}) {
                    String which = type.label() + ", " + area.label() + ", " + residents;

                    RoutingDecision decision = route(type, area, residents, false, Harm.NONE);

                    if (isTold(decision)) {
                        continue;
                    }
                    assertThat(decision.outcome()).as(which).isIn(RoutingOutcome.ASSIGNED, RoutingOutcome.RELAYED);
                    var assignment = decision.assignment();
                    assertThat(assignment).as(which).isNotNull();
                    assertThat(assignment.assisting()).as(which).doesNotContain(assignment.lead());
                    assertThat(assignment.stages()).as(which).isNotEmpty().allSatisfy(stage -> {
                        assertThat(stage.due()).as(which).isAfter(MORNING);
                        assertThat(stage.due()).as(which).isAfter(stage.start());
                    });
                }
            }
        }
    }

    /** Whether the reporter is told whom the law names, or gets an answer with somebody who gives it by a day. */
    private static boolean isTold(RoutingDecision decision) {
        return switch (decision.outcome()) {
            case REFERRED -> decision.referral() != null;
            case ANSWER -> decision.directAnswer() != null;
            default -> false;
        };
    }

    @Test
    void a_life_in_danger_is_relayed_to_those_who_rescue_whatever_it_is_about() {
        for (EventType type : TYPES) {
            RoutingDecision decision = route(type, narrowest(), false, true, Harm.NONE);

            assertThat(decision.outcome()).as(type.label()).isEqualTo(RoutingOutcome.RELAYED);
            assertThat(decision.relayTo())
                    .as(type.label())
                    .anySatisfy(body -> assertThat(body.kind()).isEqualTo(BodyKind.EMERGENCY));
        }
    }

    @Test
    void a_matter_is_never_less_grave_or_less_urgent_for_more_harm() {
        for (EventType type : TYPES) {
            for (var harms : Map.of(
                            "deaths", harms(n -> new Harm(n, 0, 0, 0)),
                            "injured", harms(n -> new Harm(0, n, 0, 0)),
                            "loss", harms(n -> new Harm(0, 0, n, 0)),
                            "gathering", harms(n -> new Harm(0, 0, 0, n)))
                    .entrySet()) {
                var grades = harms.getValue().stream()
                        .map(harm ->
                                route(type, narrowest(), false, false, harm).about())
                        .toList();

                assertThat(grades)
                        .as(type.label() + " " + harms.getKey())
                        .extracting(about -> about.severity().rank())
                        .isSorted();
                assertThat(grades)
                        .as(type.label() + " " + harms.getKey())
                        .extracting(about -> about.urgency().rank())
                        .isSorted();
            }
        }
        // Not by never telling anything apart.
        assertThat(TYPES.stream()
                        .map(type -> route(type, narrowest(), false, false, new Harm(10_000, 0, 0, 0))
                                .about()
                                .severity())
                        .map(Severity::rank))
                .anyMatch(rank -> rank > 1);
    }

    @Test
    void no_matter_is_passed_on_without_end_and_none_to_more_bodies_than_allowed() {
        ReturnPaths.Walk walk = ReturnPaths.of(POLICY, MORNING.toLocalDate());

        assertThat(walk.problems()).isEmpty();
        assertThat(walk.steps()).isPositive();
        System.out.println("returns walked: " + walk.steps() + ", most bodies: " + walk.mostBodies());
    }

    private static List<Harm> harms(IntFunction<Harm> harm) {
        return GROWING.stream().map(n -> harm.apply(n)).toList();
    }

    /** What is done in time, proven and well received is closed and scored, by answers that are made of one another. */
    @Test
    void every_event_type_comes_from_the_report_to_its_score() throws BadRequestException {
        for (EventType type : TYPES) {
            if (isTold(route(type, narrowest(), false, false, Harm.NONE))) {
                continue;
            }
            ObjectNode incident = Json.object()
                    .put("id", "L-" + type.code())
                    .put("reportedAt", MORNING.toString())
                    .put("source", WORDS.all(Source.class).get(0).code())
                    .put("area", narrowest().code())
                    .put("eventType", type.code());
            var story = new CallingSystem(POLICY, Json.write(incident));
            String[] proofs = Stream.of(Proof.values()).map(Proof::name).toArray(String[]::new);

            story.reported()
                    .event("ACCEPTED", MORNING.toString())
                    .event("CONTACTED", MORNING.toString())
                    .reviewed(MORNING.toString());
            story.stages().forEach(story::stageDone);
            String done =
                    List.copyOf(story.stages().values()).get(story.stages().size() - 1);
            story.reviewed(done).concluded(done, proofs);
            if (story.asksTheCitizen()) {
                story.followedUp(done, done, "SATISFIED", "", proofs);
            }
            story.scored(done);

            List<String> diary = story.diary();
            assertThat(diary.get(0)).as(type.label()).containsPattern(" (ASSIGNED|RELAYED) ");
            assertThat(diary.get(1)).as(type.label()).endsWith("WAIT ON_TRACK");
            assertThat(diary.get(2)).as(type.label()).endsWith("WAIT DONE");
            assertThat(diary.get(diary.size() - 2))
                    .as(type.label())
                    .containsPattern(" (CLOSE SATISFIED|ACCEPT NOT_SAMPLED) ▣ ");
            assertThat(diary.get(diary.size() - 1)).as(type.label()).containsPattern(" score \\d+\\.\\d\\d [A-Z]+$");
        }
    }
}
