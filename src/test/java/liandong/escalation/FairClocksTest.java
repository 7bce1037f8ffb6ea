package liandong.escalation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import liandong.Decide;
import liandong.engine.Timetable;
import liandong.incident.Body;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.GroundProof;
import liandong.policy.Policy;
import liandong.table.RowRef;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Clocks that nobody can stop, turn back or outrun but as the tables say. */
class FairClocksTest {
    private static final Policy FAIR = TinyEscalation.fair().load();
    private static final String MARCH = "2026-03-";
    private static final OffsetDateTime START = OffsetDateTime.parse(MARCH + "02T09:00:00+08:00");
    private static final String STAGE = "修复";

    private static CaseFile hole() {
        return new CaseFile(FAIR, "路面坑洞", "热线", "东市社区", START.toString())
                .event(CaseEventKind.ACCEPTED, START.toString());
    }

    private static String at(int day, String time) {
        return "2026-03-%02dT%s:00+08:00".formatted(day, time);
    }

    private static OffsetDateTime due(CaseFile file, String now) {
        return file.decision(now).openStages().stream()
                .filter(stage -> stage.name().equals(STAGE))
                .map(OpenStage::due)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> disregarded(CaseFile file, String now) {
        return file.decision(now).disregarded().stream()
                .map(each -> each.event().kind() + " from " + each.from() + " "
                        + each.rows().stream().map(row -> row.id()).toList())
                .toList();
    }

    @Test
    void a_pause_that_the_table_allows_moves_the_due_time_and_ends_by_itself() {
        CaseFile free = hole();
        CaseFile paused = hole().paused(at(2, "09:30"), "指挥中心", "等待检测");

        assertThat(due(paused, at(20, "09:00"))).isAfter(due(free, at(20, "09:00")));
        assertThat(paused.decision(at(7, "09:29")).reason()).isEqualTo(NoActionReason.PAUSED);
        assertThat(paused.decision(at(7, "09:29")).nextReviewAt()).isEqualTo(at(7, "09:30"));
        assertThat(paused.decision(at(7, "09:30")).reason()).isNotEqualTo(NoActionReason.PAUSED);
        assertThat(disregarded(paused, at(7, "09:30"))).containsExactly("PAUSED from 2026-03-07T09:30+08:00 [G2]");
    }

    @Test
    void a_pause_that_is_over_is_told_with_its_row_who_decided_it_and_when_it_ended() {
        CaseFile resumed = hole().paused(at(2, "09:30"), "指挥中心", "等待检测").event(CaseEventKind.RESUMED, at(3, "10:00"));

        List<Credited> credited = resumed.decision(at(3, "11:00")).credited();

        assertThat(credited).extracting(each -> each.event().kind()).containsExactly(CaseEventKind.PAUSED);
        assertThat(credited.get(0).until()).isEqualTo(at(3, "10:00"));
        assertThat(credited.get(0).rows()).extracting(RowRef::id).containsExactly("G2");
        assertThat(requireNonNull(credited.get(0).event().by()).label()).isEqualTo("指挥中心");
    }

    @Test
    void how_late_a_case_was_is_counted_as_escalation_counts_and_no_pause_moves_the_citizens_limit() {
        CaseFile late = hole().event(CaseEventKind.PAUSED, at(2, "09:30"))
                .stageEvent(CaseEventKind.STAGE_DONE, at(20, "10:00"), STAGE);
        Instant now = OffsetDateTime.parse(at(20, "11:00")).toInstant();

        Lateness lateness = Lateness.of(late.open(), FAIR, now);

        assertThat(lateness.stages())
                .filteredOn(stage -> stage.stage().equals(STAGE))
                .containsExactly(new Lateness.OfStage(
                        STAGE, due(hole(), at(2, "10:00")), OffsetDateTime.parse(at(20, "10:00")), true));
        assertThat(lateness.citizenDue())
                .isEqualTo(hole().decision(at(2, "10:00")).citizenDue());
        OffsetDateTime citizenDue = requireNonNull(lateness.citizenDue());
        assertThat(lateness.citizenLate()).isEqualTo(now.isAfter(citizenDue.toInstant()));
        assertThat(lateness.settledAt()).isNull(); // another stage is open
    }

    @Test
    void what_ends_a_pause_that_does_not_count_is_passed_over_and_a_second_pause_is_one_too_many() {
        CaseFile file = hole().paused(at(2, "10:00"), null, null)
                .event(CaseEventKind.RESUMED, at(2, "11:00"))
                .paused(at(3, "09:00"), "指挥中心", "等待检测")
                .event(CaseEventKind.RESUMED, at(3, "10:00"))
                .paused(at(3, "11:00"), "指挥中心", "等待检测");

        assertThat(disregarded(file, at(3, "12:00")))
                .containsExactly("PAUSED from 2026-03-02T10:00+08:00 [G3]", "PAUSED from 2026-03-03T11:00+08:00 [G3]");
        assertThat(file.decision(at(3, "12:00")).reason()).isNotEqualTo(NoActionReason.PAUSED);
    }

    @Test
    void a_pause_that_does_not_count_is_held_against_nobody_once_a_person_has_taken_it_out() {
        OffsetDateTime when = OffsetDateTime.parse(at(2, "10:00"));
        for (String excluded : new String[] {null, "误报"}) {
            var pause = new CaseEvent(
                    CaseEventKind.PAUSED, when, null, null, false, null, null, null, null, null, excluded);
            OpenCase open = hole().open().with(List.of(pause));
            OpenCase told = open.disregarding(List.of(new Disregarded(pause, when, List.of())), List.of());

            assertThat(told.pausesRefused()).isEqualTo(excluded == null ? 1 : 0);
            assertThat(told.lastRefusedPause()).isEqualTo(excluded == null ? when : null);
            assertThat(told.disregarded()).hasSize(1); // it is told that it stops nothing, all the same
        }
    }

    @Test
    void a_stage_that_says_itself_when_it_was_done_had_the_time_that_was_granted_before() {
        CaseFile granted = hole().stageEvent(CaseEventKind.EXTENSION_REQUESTED, at(2, "10:00"), STAGE)
                .granted(at(2, "10:30"), STAGE, "2026-06-01T17:30:00+08:00", "指挥中心");
        OffsetDateTime due = due(granted, at(2, "11:00"));
        OffsetDateTime first = due(hole(), at(2, "11:00"));
        OffsetDateTime done = first.plusHours(1); // too late but for the extension
        OpenCase open = granted.open();
        var said = new OpenCase(
                open.matter(),
                open.lead(),
                open.assisting(),
                open.conference(),
                open.assignedAt(),
                open.stages().stream()
                        .map(stage -> stage.name().equals(STAGE) ? stage.done(done) : stage)
                        .toList(),
                open.events(),
                open.similar(),
                open.noClearLaw());

        assertThat(done).isBefore(due);
        assertThat(Lateness.of(said, FAIR, due.toInstant()).stages())
                .filteredOn(stage -> stage.stage().equals(STAGE))
                .containsExactly(new Lateness.OfStage(STAGE, due, done, false));
        assertThat(Lateness.of(
                                granted.stageEvent(CaseEventKind.STAGE_DONE, done.toString(), STAGE)
                                        .open(),
                                FAIR,
                                due.toInstant())
                        .stages())
                .filteredOn(stage -> stage.stage().equals(STAGE))
                .containsExactly(new Lateness.OfStage(STAGE, due, done, false));
    }

    @Test
    void an_extension_that_a_body_grants_itself_counts_for_nothing_and_a_long_one_up_to_its_longest() {
        OffsetDateTime before = due(hole(), at(2, "10:00"));
        CaseFile own = hole().stageEvent(CaseEventKind.EXTENSION_REQUESTED, at(2, "10:00"), STAGE)
                .granted(at(2, "10:30"), STAGE, "2026-06-01T17:30:00+08:00", "主办局");
        CaseFile granted = hole().stageEvent(CaseEventKind.EXTENSION_REQUESTED, at(2, "10:00"), STAGE)
                .granted(at(2, "10:30"), STAGE, "2026-06-01T17:30:00+08:00", "指挥中心");

        assertThat(due(own, at(2, "11:00"))).isEqualTo(before);
        assertThat(disregarded(own, at(2, "11:00")))
                .containsExactly("EXTENSION_GRANTED from 2026-03-02T10:30+08:00 [G1]");
        assertThat(due(granted, at(2, "11:00"))).isAfter(before).isBefore(before.plusDays(6));
        assertThat(disregarded(granted, at(2, "11:00")))
                .containsExactly("EXTENSION_GRANTED from " + due(granted, at(2, "11:00")) + " [G4]");
    }

    @Test
    void what_has_to_be_proved_counts_with_a_proof_that_the_row_names_and_else_the_answer_says_what_is_wanting() {
        Policy proving = TinyEscalation.proving().load();
        Supplier<CaseFile> hole = () -> new CaseFile(proving, "路面坑洞", "热线", "东市社区", START.toString())
                .event(CaseEventKind.ACCEPTED, START.toString());
        String later = at(3, "09:00");
        OffsetDateTime free = due(hole.get(), later);

        CaseFile bare = hole.get().paused(at(2, "09:30"), "指挥中心", "等待检测");
        assertThat(bare.decision(later).reason()).isNotEqualTo(NoActionReason.PAUSED);
        assertThat(wanting(bare, later)).containsExactly("PAUSED from 2026-03-02T09:30+08:00 [G2] [送检回执, 告知书]");
        assertThat(due(bare, later)).isEqualTo(free);
        for (String proof : List.of("送检回执", "告知书")) {
            CaseFile proved = hole.get().paused(at(2, "09:30"), "指挥中心", "等待检测", null, proof);
            assertThat(proved.decision(later).reason()).isEqualTo(NoActionReason.PAUSED);
            assertThat(wanting(proved, later)).isEmpty();
        }

        CaseFile other = hole.get().paused(at(2, "09:30"), "指挥中心", "等待别家", null, "送检回执");
        assertThat(wanting(other, later)).containsExactly("PAUSED from 2026-03-02T09:30+08:00 [G3] [告知书]");
        CaseFile own = hole.get().paused(at(2, "09:30"), "主办局", "等待检测", null, null);
        assertThat(wanting(own, later)) // no proof would make it count
                .containsExactly("PAUSED from 2026-03-02T09:30+08:00 [G1] []");
        CaseFile granted = hole.get()
                .stageEvent(CaseEventKind.EXTENSION_REQUESTED, at(2, "10:00"), STAGE)
                .granted(at(2, "10:30"), STAGE, "2026-06-01T17:30:00+08:00", "指挥中心");
        assertThat(wanting(granted, later)).containsExactly("EXTENSION_GRANTED from 2026-03-02T10:30+08:00 [G3] [告知书]");
        assertThat(due(granted, later)).isEqualTo(free);
        CaseFile explained = hole.get().event(CaseEventKind.EXPLAINED, at(2, "10:00"));
        assertThat(wanting(explained, later)).containsExactly("EXPLAINED from 2026-03-02T10:00+08:00 [G3] [告知书]");
        assertThat(Lateness.of(bare.open(), proving, OffsetDateTime.parse(later).toInstant()))
                .isEqualTo(Lateness.of(
                        hole.get().open(), proving, OffsetDateTime.parse(later).toInstant()));
    }

    private static List<String> wanting(CaseFile file, String now) {
        return file.decision(now).disregarded().stream()
                .map(each -> each.event().kind() + " from " + each.from() + " "
                        + each.rows().stream().map(RowRef::id).toList() + " "
                        + each.wants().stream().map(GroundProof::label).toList())
                .toList();
    }

    @Test
    void an_explanation_is_spent_after_a_time() {
        CaseFile file = hole().event(CaseEventKind.EXPLAINED, at(2, "10:00"));

        assertThat(disregarded(file, at(4, "09:59"))).isEmpty();
        assertThat(disregarded(file, at(4, "10:00"))).containsExactly("EXPLAINED from 2026-03-04T10:00+08:00 [G5]");
        assertThat(file.decision(at(4, "10:00")).credited())
                .extracting(each -> each.event().kind(), Credited::until)
                .containsExactly(tuple(CaseEventKind.EXPLAINED, OffsetDateTime.parse(at(4, "10:00"))));
    }

    @Test
    void a_body_must_return_a_short_matter_within_a_share_of_its_limit() {
        Policy shared = TinyEscalation.fair()
                .cell("escalation.xlsx 退单处理!K2", "时限比例 Share of limit")
                .cell("escalation.xlsx 退单处理!K5", "50")
                .load();
        // Its first stage takes 2 hours, of which half is one; two working days would be allowed.
        CaseFile early = new CaseFile(shared, "路面坑洞", "热线", "东市社区", START.toString()).returned(at(2, "10:00"), "不归我管");
        CaseFile late = new CaseFile(shared, "路面坑洞", "热线", "东市社区", START.toString()).returned(at(2, "15:01"), "不归我管");

        assertThat(kinds(early, at(2, "10:00"))).contains(ActionKind.REASSIGN);
        assertThat(kinds(late, at(2, "15:01")))
                .contains(ActionKind.REFUSE_RETURN)
                .doesNotContain(ActionKind.REASSIGN);
    }

    private static List<ActionKind> kinds(CaseFile file, String now) {
        return file.decision(now).actions().stream().map(Action::kind).toList();
    }

    @Test
    void a_reassignment_brings_what_the_next_question_needs() {
        CaseFile file = hole().assisting("协办局", "水务公司").returned(at(2, "10:00"), "不归我管");
        Action action = file.decision(at(2, "10:00")).actions().stream()
                .filter(each -> each.kind() == ActionKind.REASSIGN)
                .findFirst()
                .orElseThrow();
        var next = requireNonNull(action.next());

        assertThat(next.lead()).isEqualTo(action.to().get(0));
        assertThat(next.assisting()).doesNotContain(next.lead()).hasSize(1);
        assertThat(next.stages()).isEqualTo(action.stages()).isNotEmpty();
        assertThat(action.reported(List.of(), null).presented().event())
                .isEqualTo(new Action.Done(CaseEventKind.REASSIGNED, null, next.lead(), null, null));
    }

    @Test
    void a_tie_that_goes_to_the_centre_has_a_day_too_and_the_centre_is_pressed_once_it_is_over() {
        Policy torn = TinyEscalation.fair()
                .cell("escalation.xlsx 说明!B9", "全部适用") // both rows of 延期审批: granted and refused
                .cell("escalation.xlsx 延期审批!C4", "")
                .load();
        CaseFile file = new CaseFile(torn, "路面坑洞", "热线", "东市社区", START.toString())
                .event(CaseEventKind.ACCEPTED, START.toString())
                .stageEvent(CaseEventKind.EXTENSION_GRANTED, at(2, "09:30"), STAGE)
                .stageEvent(CaseEventKind.EXTENSION_REQUESTED, at(2, "10:00"), STAGE);
        String asked = at(2, "10:30");
        EscalationDecision tie = file.decision(asked);
        Awaited awaited = requireNonNull(tie.awaiting());

        assertThat(kinds(file, asked)).contains(ActionKind.CENTRE_DECIDES).doesNotContain(ActionKind.GRANT_EXTENSION);
        assertThat(awaited.what()).isEqualTo(Awaited.Kind.RULING);
        assertThat(awaited.since()).isEqualTo(at(2, "10:00"));
        assertThat(awaited.due()).isEqualTo(at(2, "11:30")); // half of the first stage's three hours
        assertThat(awaited.late()).isFalse();
        assertThat(decides(tie).due()).isEqualTo(awaited.due());
        assertThat(tie.nextReviewAt()).isNotNull();

        EscalationDecision late = file.decision(at(2, "11:30"));
        assertThat(requireNonNull(late.awaiting()).late()).isTrue();
        assertThat(late.actions())
                .filteredOn(action -> action.kind() == ActionKind.SUPERVISE)
                .extracting(
                        action -> action.to().get(0).label(),
                        action -> action.rows().get(0).id())
                .containsExactly(tuple("指挥中心", "N1"));
    }

    /** Both rows of 延期审批 apply to every request: it is granted and refused. */
    private static Policy torn() {
        return TinyEscalation.fair()
                .cell("escalation.xlsx 说明!B9", "全部适用")
                .cell("escalation.xlsx 延期审批!B4", "")
                .row("escalation.xlsx", "裁定限期", "N3", "", "1 工作日", "50", "提醒", "", "", "试行", "已确认")
                .load();
    }

    @Test
    void the_limit_of_a_tie_is_among_its_reasons_and_the_centre_is_pressed_by_the_hardest_row_only() {
        CaseFile file = new CaseFile(torn(), "路面坑洞", "热线", "东市社区", START.toString())
                .event(CaseEventKind.ACCEPTED, START.toString())
                .stageEvent(CaseEventKind.EXTENSION_REQUESTED, at(2, "10:00"), STAGE);

        EscalationDecision late = file.decision(at(2, "11:30"));

        assertThat(late.because())
                .filteredOn(reason -> reason.rule().equals("ESC-998"))
                .extracting(reason -> reason.row(), reason -> reason.confirmed())
                .containsExactly(tuple("N1", false), tuple("N2", false), tuple("N3", true));
        assertThat(late.because()).extracting(reason -> reason.rule()).contains("ESC-400", "ESC-410");
        assertThat(late.unconfirmed()).contains("N1", "N2", "X1", "X2").doesNotContain("N3");
        assertThat(told(file, at(2, "11:30")))
                .filteredOn(told -> told.contains("指挥中心"))
                .containsExactly("SUPERVISE 指挥中心 N1", "CENTRE_DECIDES 指挥中心 ");
    }

    @Test
    void a_tie_lasts_since_the_later_of_what_contradicts_itself_and_nothing_else_begins_it_anew() {
        CaseFile file = new CaseFile(torn(), "路面坑洞", "热线", "东市社区", START.toString())
                .event(CaseEventKind.ACCEPTED, START.toString())
                .stageEvent(CaseEventKind.EXTENSION_REQUESTED, at(2, "10:00"), STAGE);
        String later = at(26, "10:30"); // 总时限 has called for the level above, every other day since 22 March

        assertThat(file.decision(later).because())
                .extracting(reason -> reason.row())
                .contains("X1", "X2", "Z2");
        assertThat(requireNonNull(file.decision(later).awaiting()).since()).isEqualTo(at(2, "10:00"));
        assertThat(requireNonNull(file.event(CaseEventKind.LEDGERED, at(25, "09:00"))
                                .decision(later)
                                .awaiting())
                        .since())
                .isEqualTo(at(2, "10:00"));
    }

    /** Two levels above, each for every case: whoever raises it raises it to both. */
    @Test
    void a_tie_that_a_row_calls_for_again_and_again_began_when_it_was_first_called_for_and_anew_once_it_was_decided() {
        Policy torn = TinyEscalation.fair()
                .cell("escalation.xlsx 说明!B7", "全部适用") // 提级对象
                .row("escalation.xlsx", "提级对象", "T2", "", "水务公司", "试行", "待确认")
                .load();
        CaseFile file = new CaseFile(torn, "路面坑洞", "热线", "东市社区", START.toString())
                .event(CaseEventKind.ACCEPTED, START.toString());
        OffsetDateTime last = requireNonNull(file.decision(at(3, "09:00")).citizenDue());

        for (int day = 0; day < 12; day++) {
            String asked = last.plusDays(day).plusHours(1).toString();
            Awaited awaited = requireNonNull(file.decision(asked).awaiting(), asked);
            assertThat(awaited.since()).as(asked).isEqualTo(last);
        }
        assertThat(requireNonNull(file.decision(last.plusDays(12).toString()).awaiting())
                        .late())
                .isTrue();

        file.event(CaseEventKind.CENTRE_DECIDED, last.plusDays(3).toString());
        Awaited again =
                requireNonNull(file.decision(last.plusDays(12).toString()).awaiting());
        assertThat(again.since()).isAfter(last.plusDays(3)).isBefore(last.plusDays(8));
    }

    private static Action decides(EscalationDecision decision) {
        return decision.actions().stream()
                .filter(action -> action.kind() == ActionKind.CENTRE_DECIDES)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_level_has_done_what_was_done_since_it_has_the_matter() {
        CaseFile file = hole().stageEvent(CaseEventKind.STAGE_DONE, at(2, "10:00"), "围护");
        assertThat(file.open().stagesDone()).isEqualTo(1);

        file.reassigned(at(2, "11:00"), "协办局");
        assertThat(file.open().stagesDone()).isZero();

        file.stageEvent(CaseEventKind.STAGE_DONE, at(3, "10:00"), STAGE);
        assertThat(file.open().stagesDone()).isEqualTo(1);

        file.event(CaseEventKind.LEVEL_RAISED, at(4, "10:00"));
        assertThat(file.open().stagesDone()).isZero();
    }

    @Test
    void the_centre_that_was_pressed_for_one_stage_has_not_been_for_another() {
        CaseFile file = hole().lead("主办局");
        OpenCase pressed = file.open()
                .with(List.of(new CaseEvent(
                        CaseEventKind.REMINDED, START.plusHours(3), "围护", file.body("指挥中心"), false, null, null)));
        ActionTrigger row = requireNonNull(FAIR.table(WaitingActionRow.class)).rows().stream()
                .filter(each -> each.concerned() == Concerned.CENTRE)
                .findFirst()
                .orElseThrow();

        assertThat(pressed.hasDone(START.plusHours(2), row, "围护")).isTrue();
        assertThat(pressed.hasDone(START.plusHours(2), row, null)).isTrue();
        assertThat(pressed.hasDone(START.plusHours(2), row, STAGE)).isFalse();
    }

    @Test
    void a_pause_that_is_told_to_end_before_it_began_never_lasted() {
        CaseFile file = hole().paused(at(3, "09:00"), "指挥中心", "等待检测", at(2, "10:00"));

        assertThat(file.decision(at(3, "09:30")).reason()).isNotEqualTo(NoActionReason.PAUSED);
        assertThat(due(file, at(3, "09:30"))).isEqualTo(due(hole(), at(3, "09:30")));
    }

    @Test
    void pauses_by_the_thousand_are_answered_with_the_latest_hundred_that_do_not_count() {
        CaseFile file = hole();
        for (int i = 0; i < 3_000; i++) {
            file.paused(START.plusMinutes(2L * i + 1).toString(), "主办局", "等待检测")
                    .event(CaseEventKind.RESUMED, START.plusMinutes(2L * i + 2).toString());
        }
        EscalationDecision decision = file.decision(at(20, "09:00"));

        assertThat(decision.disregarded()).hasSize(100);
        assertThat(decision.openStages()).isNotEmpty();
    }

    // ———— Laws ————

    private static CaseFile random(Random random) {
        CaseFile file = new CaseFile(
                FAIR, List.of("路面坑洞", "井盖破损", "邻里纠纷").get(random.nextInt(3)), "热线", "东市社区", START.toString());
        String stage = file.open().stages().get(0).name();
        OffsetDateTime when = START;
        boolean paused = false;
        boolean requested = false;
        for (int i = random.nextInt(10); i > 0; i--) {
            when = when.plusMinutes(1 + random.nextInt(30 * 60));
            String at = when.toString();
            switch (random.nextInt(15)) {
                case 0 -> file.event(CaseEventKind.ACCEPTED, at);
                case 1 -> {
                    if (paused) {
                        file.event(CaseEventKind.RESUMED, at);
                    } else {
                        file.paused(
                                at,
                                List.of("指挥中心", "主办局", "水务公司").get(random.nextInt(3)),
                                random.nextBoolean() ? "等待检测" : "等待别家");
                    }
                    paused = !paused;
                }
                case 2 -> {
                    if (requested) {
                        file.granted(
                                at, stage, when.plusDays(random.nextInt(40)).toString(), "指挥中心");
                    } else {
                        file.stageEvent(CaseEventKind.EXTENSION_REQUESTED, at, stage);
                    }
                    requested = !requested;
                }
                case 3 -> file.returned(at, random.nextBoolean() ? "不归我管" : "说不清楚");
                case 4 -> file.event(CaseEventKind.RETURN_REFUSED, at);
                case 5 -> file.event(CaseEventKind.EXPLAINED, at);
                case 6 -> file.event(random.nextBoolean() ? CaseEventKind.YELLOW_CARD : CaseEventKind.SUPERVISED, at);
                case 7 -> file.event(CaseEventKind.CITIZEN_COMPLAINED, at);
                case 8 -> file.redo(at, when.plusDays(random.nextInt(5)).toString());
                case 9 -> file.event(CaseEventKind.REOPENED, at);
                case 10 -> file.event(random.nextBoolean() ? CaseEventKind.LEDGERED : CaseEventKind.UNSOLVABLE, at);
                case 11 -> file.event(CaseEventKind.CENTRE_DECIDED, at);
                case 12 ->
                    file.event(
                            random.nextBoolean()
                                    ? CaseEventKind.CONFERENCE_ACTIVATED
                                    : CaseEventKind.CONFERENCE_DECIDED,
                            at);
                case 13 -> file.event(CaseEventKind.LEVEL_RAISED, at);
                default -> file.stageEvent(CaseEventKind.STAGE_DONE, at, stage);
            }
        }
        return file;
    }

    private static void eachMoment(Random random, Consumer<OffsetDateTime> asked) {
        for (int i = 0; i < 3; i++) {
            asked.accept(START.plusDays(16).plusMinutes(random.nextInt(60 * 24 * 60)));
        }
    }

    @Property(tries = 150)
    void nothing_that_has_to_be_answered_is_due_in_the_past(@ForAll Random random) {
        CaseFile file = random(random);
        eachMoment(
                random,
                now -> assertThat(file.answer(now.toInstant()).decision().actions())
                        .allSatisfy(action -> assertThat(
                                        action.due() == null || !action.due().isBefore(now))
                                .as("%s at %s", action, now)
                                .isTrue()));
    }

    @Property(tries = 150)
    void every_matter_has_a_last_day_that_nothing_moves_and_somebody_who_acts_or_a_day_to_ask_again(
            @ForAll Random random) {
        CaseFile file = random(random);
        OffsetDateTime first = file.decision(START.plusDays(15).toString()).citizenDue();
        eachMoment(random, now -> {
            EscalationDecision decision = file.answer(now.toInstant()).decision();
            assertThat(decision.actions()).noneMatch(action -> action.to().isEmpty());
            OffsetDateTime due = decision.citizenDue();
            if (!file.open().done()) {
                OffsetDateTime last = requireNonNull(due);
                if (file.open().reopenedWhenDone() == null) {
                    assertThat(last).isEqualTo(first);
                }
                OffsetDateTime next = decision.nextReviewAt();
                assertThat(next != null || !decision.actions().isEmpty()).isTrue();
                if (last.isAfter(now)) {
                    assertThat(requireNonNull(next)).isBeforeOrEqualTo(last);
                }
                assertThat(decision.citizenLate()).isEqualTo(!last.isAfter(now));
            }
        });
    }

    @Property(tries = 150)
    void whatever_is_left_to_the_centre_has_a_day_by_which_it_must_have_ruled(@ForAll Random random) {
        CaseFile file = random(random);
        eachMoment(random, now -> {
            EscalationDecision decision = file.answer(now.toInstant()).decision();
            boolean ruled = kinds(decision).contains(ActionKind.CENTRE_DECIDES);
            Awaited awaited = decision.awaiting();
            assertThat(awaited != null && awaited.what() == Awaited.Kind.RULING).isEqualTo(ruled);
            if (ruled) {
                Awaited ruling = requireNonNull(awaited);
                assertThat(ruling.by()).isNotEmpty();
                assertThat(ruling.due()).isAfterOrEqualTo(ruling.since());
                // The centre is pressed as soon as it is late, or has been.
                assertThat(ruling.late()).isEqualTo(!ruling.due().isAfter(now));
            }
        });
    }

    @Property(tries = 200)
    void a_stage_was_late_exactly_when_escalation_saw_its_limit_over_before_it_was_done(@ForAll Random random) {
        OpenCase told = random(random).open();
        List<OffsetDateTime> moments = told.moments();
        OffsetDateTime now = moments.get(moments.size() - 1).plusHours(1 + random.nextInt(24 * 20));
        for (Lateness.OfStage stage : Lateness.of(told, FAIR, now.toInstant()).stages()) {
            OffsetDateTime before = (stage.doneAt() == null ? now : stage.doneAt()).minusSeconds(1);
            if (before.isBefore(START) || told.last(CaseEventKind.REOPENED) != null) {
                continue; // told as done before anything else was, or done twice
            }
            OpenCase then = told.asOf(before);
            OffsetDateTime seen =
                    Decide.escalate(FAIR, then, before.toInstant(), false).decision().openStages().stream()
                            .filter(open -> open.name().equals(stage.stage()))
                            .map(OpenStage::due)
                            .findFirst()
                            .orElseThrow();
            ZonedDateTime local = before.atZoneSameInstant(FAIR.calendar().zone());
            OpenCase counted =
                    CountedEvents.of(then, FAIR.tables(local.toLocalDate()), new Timetable(FAIR.calendar(), local));
            if (counted.paused()) {
                OffsetDateTime paused =
                        requireNonNull(counted.last(CaseEventKind.PAUSED)).at();
                assertThat(stage.late()).isEqualTo(!seen.isAfter(paused) && seen.isBefore(before));
            } else {
                assertThat(stage.due()).isEqualTo(seen);
                assertThat(stage.late()).isEqualTo(!before.isBefore(seen));
            }
        }
    }

    @Test
    void what_is_done_while_its_limit_stands_still_is_not_late_and_nothing_after_it_makes_it_so() {
        CaseFile file = hole().paused(at(8, "09:30"), "指挥中心", "等待检测")
                .stageEvent(CaseEventKind.STAGE_DONE, at(12, "10:00"), STAGE);
        Instant now = OffsetDateTime.parse(at(12, "11:00")).toInstant();
        Lateness.OfStage paused = stage(Lateness.of(file.open(), FAIR, now));

        assertThat(due(hole(), at(2, "10:00"))).isEqualTo(at(9, "17:30"));
        assertThat(paused.late()).isFalse();
        assertThat(stage(Lateness.of(
                                hole().paused(at(8, "09:30"), "指挥中心", "等待检测").open(), FAIR, now))
                        .late())
                .isFalse();
        assertThat(stage(Lateness.of(
                                hole().stageEvent(CaseEventKind.STAGE_DONE, at(10, "10:00"), STAGE)
                                        .granted(at(11, "09:00"), STAGE, at(20, "17:30"), "指挥中心")
                                        .open(),
                                FAIR,
                                OffsetDateTime.parse(at(12, "11:00")).toInstant()))
                        .late())
                .isTrue();
    }

    private static Lateness.OfStage stage(Lateness lateness) {
        return lateness.stages().stream()
                .filter(stage -> stage.stage().equals(STAGE))
                .findFirst()
                .orElseThrow();
    }

    // ———— The centre has limits of its own ————

    @Test
    void the_centre_is_urged_when_its_ruling_is_late_and_a_conference_takes_up_what_it_leaves() {
        // Half of the first stage's five working hours comes before one working day; a conference after three.
        CaseFile file = hole().event(CaseEventKind.RAISED_IN_ASSESSMENT, at(2, "10:00"));

        EscalationDecision asked = file.decision(at(2, "10:00"));
        Awaited awaited = requireNonNull(asked.awaiting());
        assertThat(awaited.what()).isEqualTo(Awaited.Kind.RULING);
        assertThat(awaited.due()).isEqualTo(at(2, "11:30"));
        assertThat(awaited.late()).isFalse();
        assertThat(told(file, at(2, "11:30")))
                .contains("SUPERVISE 指挥中心 N1", "CENTRE_DECIDES 指挥中心 V3")
                .doesNotContain("SUPERVISE 主办局 N1");

        file.event(CaseEventKind.SUPERVISED, at(2, "11:40"), "指挥中心");

        assertThat(told(file, at(2, "11:40"))).doesNotContain("SUPERVISE 指挥中心 N1");
        assertThat(file.open().supervisions()).isZero(); // the centre was urged, not the body
        assertThat(told(file, at(3, "17:30"))).contains("SUPERVISE 指挥中心 N1");
        assertThat(kinds(file, at(5, "17:30")))
                .contains(ActionKind.ACTIVATE_CONFERENCE)
                .doesNotContain(ActionKind.CENTRE_DECIDES);
    }

    private static List<String> told(CaseFile file, String now) {
        return file.decision(now).actions().stream().map(CaseFile::told).toList();
    }

    private static List<ActionKind> kinds(EscalationDecision decision) {
        return decision.actions().stream().map(Action::kind).toList();
    }

    @Test
    void a_ledger_is_looked_through_by_the_centre_and_its_events_press_nobody_else() {
        CaseFile file = hole().event(CaseEventKind.LEDGERED, at(3, "09:00"));

        assertThat(file.decision(at(4, "09:00")).reason()).isEqualTo(NoActionReason.ON_LEDGER);
        assertThat(told(file, at(13, "09:00"))).containsExactly("REMIND 指挥中心 W2");
        assertThat(file.event(CaseEventKind.REMINDED, at(13, "10:00"), "主办局")
                        .decision(at(13, "10:00"))
                        .reason())
                .isNull();
        assertThat(file.event(CaseEventKind.REMINDED, at(13, "11:00"), "指挥中心")
                        .decision(at(13, "11:00"))
                        .reason())
                .isEqualTo(NoActionReason.ON_LEDGER);
    }

    @Test
    void what_is_opened_again_after_all_of_it_was_done_has_a_time_of_its_own_and_nothing_else_has() {
        CaseFile done = hole();
        done.open().stages().forEach(stage -> done.stageEvent(CaseEventKind.STAGE_DONE, at(3, "09:00"), stage.name()));

        assertThat(done.event(CaseEventKind.REOPENED, at(20, "09:00"))
                        .decision(at(20, "10:00"))
                        .citizenDue())
                .isEqualTo(at(30, "09:00"));
        assertThat(hole().event(CaseEventKind.REOPENED, at(20, "09:00"))
                        .decision(at(20, "10:00"))
                        .citizenDue())
                .isEqualTo(at(22, "09:00"));
    }

    @Test
    void a_level_that_is_lowered_puts_the_case_into_the_hands_of_the_body_below_and_happens_once() {
        Policy policy = TinyEscalation.lowering("属地街道").load();
        CaseFile file = new CaseFile(policy, "路面坑洞", "热线", "东市社区", START.toString())
                .assisting()
                .event(CaseEventKind.LEVEL_RAISED, at(2, "10:00"));

        Action action = file.decision(at(2, "10:30")).actions().stream()
                .filter(each -> each.kind() == ActionKind.LOWER_LEVEL)
                .findFirst()
                .orElseThrow();
        Action.Next next = requireNonNull(action.next());
        assertThat(next.lead().label()).isEqualTo("东街道");
        assertThat(next.assisting()).extracting(Body::label).containsExactly("主办局");
        assertThat(next.stages()).isEqualTo(action.stages()).isNotEmpty();

        file.event(CaseEventKind.LEVEL_LOWERED, at(2, "11:00"), "东街道").lead("东街道");

        assertThat(kinds(file, at(2, "11:00"))).doesNotContain(ActionKind.LOWER_LEVEL);
        assertThat(file.open().inHandSince()).isEqualTo(at(2, "11:00"));
        assertThat(file.open().holders()).extracting(Body::label).contains("东街道");
    }

    @Test
    void more_time_that_is_granted_is_reported_with_who_granted_it() {
        CaseFile file = hole().stageEvent(CaseEventKind.EXTENSION_REQUESTED, at(2, "10:00"), STAGE);
        Body centre = file.body("指挥中心");

        Action granted = file.decision(at(2, "10:00")).actions().stream()
                .filter(action -> action.kind() == ActionKind.GRANT_EXTENSION)
                .findFirst()
                .orElseThrow()
                .reported(List.of(centre), null);

        assertThat(granted.event())
                .isEqualTo(new Action.Done(CaseEventKind.EXTENSION_GRANTED, STAGE, null, granted.due(), centre));
    }

    @Property(tries = 150)
    void the_order_in_which_events_are_told_has_no_part_in_the_answer(@ForAll Random random) {
        CaseFile file = random(random);
        OffsetDateTime now = START.plusDays(20);
        EscalationDecision told = file.answer(now.toInstant()).decision();

        assertThat(file.shuffled(random).answer(now.toInstant()).decision()).isEqualTo(told);
    }

    @Property(tries = 150)
    void a_body_that_stops_its_own_clock_changes_nothing_of_what_is_to_be_done(@ForAll Random random) {
        CaseFile file = random(random);
        OffsetDateTime now = START.plusDays(20);
        EscalationDecision before = file.answer(now.toInstant()).decision();
        if (file.open().events().stream().anyMatch(event -> event.kind() == CaseEventKind.PAUSED)) {
            return; // a second pause while one lasts is refused before
        }
        EscalationDecision after = file.paused(START.plusDays(19).toString(), "主办局", "等待检测")
                .answer(now.toInstant())
                .decision();

        assertThat(after.sameActions(before)).isTrue();
        assertThat(after.openStages().stream().map(OpenStage::due).toList())
                .isEqualTo(before.openStages().stream().map(OpenStage::due).toList());
    }
}
