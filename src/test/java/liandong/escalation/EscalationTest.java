package liandong.escalation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import liandong.District;
import liandong.calendar.CalendarEndedException;
import liandong.decision.DecisionMoment;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.CaseEventKind;
import liandong.incident.HandledStage;
import liandong.policy.Policy;
import liandong.policy.RuleRef;
import liandong.problem.Code;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of escalation, one case after the other. */
class EscalationTest {
    private static final Policy DISTRICT = District.policy();
    private static final Policy TINY = TinyEscalation.tiny().load();
    private static final Policy FAIR = TinyEscalation.fair().load();
    private static final Policy CATALOGUED = TinyEscalation.tiny()
            .cell("escalation.xlsx 退单处理!K2", "按目录 By catalogue")
            .cell("escalation.xlsx 退单处理!K5", "是")
            .load();

    private static final Policy CONFERRING = TinyEscalation.tiny()
            .cell("escalation.xlsx 联席会议!H2", "议定限期 Decide within")
            .cell("escalation.xlsx 联席会议!H3", "5 工作日")
            .load();

    private static final Policy PRESSING = TinyEscalation.tiny()
            .cell("escalation.xlsx 联席会议!H2", "议定限期 Decide within")
            .cell("escalation.xlsx 联席会议!H3", "1 小时")
            .cell("escalation.xlsx 联席会议!I2", "限期比例 Share of limit")
            .cell("escalation.xlsx 联席会议!I3", "100")
            .cell("escalation.xlsx 联席会议!J2", "逾期措施 When late")
            .cell("escalation.xlsx 联席会议!J3", "催办")
            .cell("escalation.xlsx 联席会议!K2", "每隔 Every")
            .cell("escalation.xlsx 联席会议!K3", "2 小时")
            .load();

    private static final Policy GRAVE = TinyEscalation.tiny()
            .cell("escalation.xlsx 升级条件!K2", "伤亡险情次数 Harms")
            .row("escalation.xlsx", "升级条件", "V4", "", "", "", "催办", "牵头", "", "2 小时", "试行", "待确认", "≥1")
            .load();

    private static final Policy REFERRING = TinyEscalation.tiny()
            .cell("escalation.xlsx 延期审批!H2", "本机关批准 By own head")
            .cell("escalation.xlsx 延期审批!H3", "是")
            .load();

    private static final Policy LOWERING = TinyEscalation.lowering("").load();

    private static final String MON =
            "2026-09-21T"; // the first day of every case; its stage is due on 8 October, 17:30
    private static final String TUE = "2026-09-22T";
    private static final String WED = "2026-09-23T";
    private static final String T9 = "09:00:00+08:00";
    private static final String T10 = "10:00:00+08:00";
    private static final String T11 = "11:00:00+08:00";

    /** A neighbours' quarrel that its community has taken and spoken with the citizen about. */
    private static CaseFile quarrel() {
        return untouched().event(CaseEventKind.ACCEPTED, MON + T9).event(CaseEventKind.CONTACTED, MON + T9);
    }

    private static CaseFile untouched() {
        return new CaseFile(DISTRICT, "邻里纠纷", "群众来访", "清波门社区", MON + T9);
    }

    private static CaseFile hole() {
        return new CaseFile(TINY, "路面坑洞", "热线", "东市社区", "2026-03-02T09:00:00+08:00")
                .event(CaseEventKind.ACCEPTED, "2026-03-02T09:00:00+08:00");
    }

    private static CaseFile hurtOnceDone() {
        CaseFile file = new CaseFile(GRAVE, "路面坑洞", "热线", "东市社区", "2026-03-02T09:00:00+08:00")
                .event(CaseEventKind.ACCEPTED, "2026-03-02T09:00:00+08:00");
        for (HandledStage stage : file.open().stages()) {
            file.stageEvent(CaseEventKind.STAGE_DONE, "2026-03-02T09:30:00+08:00", stage.name());
        }
        return file.event(CaseEventKind.HARM, "2026-03-02T10:00:00+08:00");
    }

    private static CaseFile conferring(Policy policy) {
        return new CaseFile(policy, "路面坑洞", "热线", "东市社区", "2026-03-02T09:00:00+08:00")
                .event(CaseEventKind.ACCEPTED, "2026-03-02T09:00:00+08:00")
                .event(CaseEventKind.CONFERENCE_ACTIVATED, "2026-03-02T09:00:00+08:00");
    }

    private static CaseFile fair(String eventType) {
        return new CaseFile(FAIR, eventType, "热线", "东市社区", "2026-03-02T09:00:00+08:00")
                .event(CaseEventKind.ACCEPTED, "2026-03-02T09:00:00+08:00");
    }

    private static CaseFile tiny(String eventType) {
        return new CaseFile(TINY, eventType, "热线", "东市社区", "2026-03-02T09:00:00+08:00")
                .event(CaseEventKind.ACCEPTED, "2026-03-02T09:00:00+08:00");
    }

    /**
     * A case and what is said of it.
     *
     * @param now when it is asked about
     * @param actions what is to be done
     * @param because each rule with its row
     */
    private record Example(String name, CaseFile file, String now, List<String> actions, List<String> because) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Example example(String name, CaseFile file, String now, List<String> actions, String... because) {
        return new Example(name, file, now, actions, List.of(because));
    }

    private static final List<Example> EXAMPLES = told();

    static Stream<Example> examples() {
        return EXAMPLES.stream();
    }

    private static List<Example> told() {
        String march2 = "2026-03-02T";
        return List.of(
                example(
                        "taken in hand and in time: nothing to do",
                        quarrel(),
                        TUE + T9,
                        List.of("WAIT ON_TRACK"),
                        "ESC-900 -"),
                example(
                        "every stage done: closure's turn",
                        quarrel().stageEvent(CaseEventKind.STAGE_DONE, TUE + T9, "调解"),
                        TUE + T9,
                        List.of("WAIT DONE"),
                        "ESC-010 -"),
                example(
                        "paused: no limit runs",
                        quarrel().event(CaseEventKind.PAUSED, TUE + T9),
                        "2026-09-30T17:00:00+08:00",
                        List.of("WAIT PAUSED"),
                        "ESC-020 -"),
                example(
                        "on the ledger: no limit runs",
                        quarrel().event(CaseEventKind.LEDGERED, TUE + T9),
                        "2026-10-09T09:00:00+08:00",
                        List.of("WAIT ON_LEDGER"),
                        "ESC-030 -"),
                example(
                        "half the limit used: a reminder",
                        quarrel(),
                        "2026-09-28T09:00:00+08:00",
                        List.of("REMIND 清波门社区 调解 LIM-0001"),
                        "ESC-100 LIM-0001",
                        "ESC-500 LIM-0001"),
                example(
                        "reminded: not again",
                        quarrel().stageEvent(CaseEventKind.REMINDED, "2026-09-28T09:00:00+08:00", "调解"),
                        "2026-09-28T09:00:00+08:00",
                        List.of("WAIT ON_TRACK"),
                        "ESC-900 -"),
                example(
                        "nobody takes it: a reminder",
                        untouched(),
                        MON + "14:30:00+08:00",
                        List.of("REMIND 清波门社区 WAI-0002"),
                        "ESC-110 WAI-0002",
                        "ESC-500 WAI-0002"),
                example(
                        "returned too late: the body keeps it",
                        quarrel().returned("2026-09-24T09:00:00+08:00", "不属本单位职责"),
                        "2026-09-24T09:00:00+08:00",
                        List.of("REFUSE_RETURN 清波门社区 RET-0010"),
                        "ESC-200 RET-0010"),
                example(
                        "returned for what is no reason: the body keeps it",
                        quarrel().returned(TUE + T9, "信息不全"),
                        TUE + T9,
                        List.of("REFUSE_RETURN 清波门社区 RET-0005"),
                        "ESC-210 RET-0005"),
                example(
                        "returned for a reason: the first that assists and has not had it",
                        quarrel().returned(TUE + T9, "不属本单位职责"),
                        TUE + T9,
                        List.of("REASSIGN 区司法局 RET-0010"),
                        "ESC-220 RET-0010"),
                example(
                        "returned to the last body there is: the centre",
                        hole().assisting("东街道").lead("东街道").returned(march2 + T10, "不归我管"),
                        march2 + T10,
                        List.of("CENTRE_DECIDES 指挥中心 B3"),
                        "ESC-230 B3"),
                example(
                        "returned when as many bodies have had it as may: the centre",
                        tiny("邻里纠纷").returned(march2 + T10, "不归我管"),
                        march2 + T10,
                        List.of("CENTRE_DECIDES 指挥中心 B3,C2"),
                        "ESC-240 B3",
                        "ESC-240 C2"),
                example(
                        "returned where no row says how many bodies may have it: the centre",
                        new CaseFile(
                                        TinyEscalation.tiny()
                                                .cell("escalation.xlsx 流转上限!B3", "井盖破损")
                                                .load(),
                                        "路面坑洞",
                                        "热线",
                                        "东市社区",
                                        march2 + T9)
                                .returned(march2 + T10, "不归我管"),
                        march2 + T10,
                        List.of("CENTRE_DECIDES 指挥中心 B3"),
                        "ESC-250 B3"),
                example(
                        "returned for the third time: the centre, as the row says",
                        hole().returned(march2 + "09:10:00+08:00", "不归我管")
                                .event(CaseEventKind.RETURN_REFUSED, march2 + "09:10:00+08:00")
                                .returned(march2 + "09:20:00+08:00", "不归我管")
                                .event(CaseEventKind.RETURN_REFUSED, march2 + "09:20:00+08:00")
                                .returned(march2 + T10, "不归我管"),
                        march2 + T10,
                        List.of("CENTRE_DECIDES 指挥中心 B1"),
                        "ESC-260 B1"),
                example(
                        "returned twice and disputed: the conference",
                        quarrel()
                                .returned(TUE + T9, "职责有争议")
                                .reassigned(TUE + T10, "区司法局")
                                .event(CaseEventKind.ACCEPTED, TUE + T10)
                                .event(CaseEventKind.CONTACTED, TUE + T10)
                                .returned(WED + T9, "职责有争议"),
                        WED + T9,
                        List.of("ACTIVATE_CONFERENCE 区委政法委 RET-0002,CON-0007"),
                        "ESC-270 CON-0007",
                        "ESC-270 RET-0002"),
                example(
                        "returned for a conference that no row names: the centre",
                        tiny("井盖破损").returned(march2 + T10, "不归我管"),
                        march2 + T10,
                        List.of("CENTRE_DECIDES 指挥中心 B2"),
                        "ESC-280 B2"),
                example(
                        "returned for a reason that no row knows: the centre",
                        tiny("邻里纠纷").returned(march2 + T10, "说不清楚"),
                        march2 + T10,
                        List.of("CENTRE_DECIDES 指挥中心 "),
                        "ESC-290 -"),
                example(
                        "a leader has written on it: urged at once",
                        quarrel().event(CaseEventKind.LEADER_NOTED, TUE + T9),
                        TUE + T9,
                        List.of("SUPERVISE 清波门社区 RAI-0009"),
                        "ESC-300 RAI-0009",
                        "ESC-500 RAI-0009"),
                example(
                        "asked for time in time: granted",
                        quarrel().stageEvent(CaseEventKind.EXTENSION_REQUESTED, TUE + T9, "调解"),
                        TUE + T9,
                        List.of("GRANT_EXTENSION 清波门社区 调解 EXT-0004"),
                        "ESC-400 EXT-0004"),
                example(
                        "asked for time that the head of the body has to grant: reminded of it",
                        new CaseFile(REFERRING, "路面坑洞", "热线", "东市社区", "2026-03-02T09:00:00+08:00")
                                .event(CaseEventKind.ACCEPTED, "2026-03-02T09:00:00+08:00")
                                .stageEvent(CaseEventKind.EXTENSION_REQUESTED, march2 + T9, "修复"),
                        march2 + T9,
                        List.of("REMIND 主办局 修复 X1"),
                        "ESC-405 X1"),
                example(
                        "asked for time on the last day: refused",
                        quarrel()
                                .event(CaseEventKind.REMINDED, "2026-10-08T08:30:00+08:00")
                                .event(CaseEventKind.BLUE_CARD, "2026-10-08T08:30:00+08:00")
                                .stageEvent(CaseEventKind.EXTENSION_REQUESTED, "2026-10-08T09:00:00+08:00", "调解"),
                        "2026-10-08T09:00:00+08:00",
                        List.of("REFUSE_EXTENSION 清波门社区 调解 EXT-0002"),
                        "ESC-410 EXT-0002"),
                example(
                        "asked for time where no row says anything: the centre",
                        hole().stageEvent(CaseEventKind.EXTENSION_REQUESTED, march2 + T9, "修复")
                                .granted(march2 + T9, "修复", "2026-03-20T17:30:00+08:00")
                                .stageEvent(CaseEventKind.EXTENSION_REQUESTED, march2 + T10, "修复"),
                        march2 + T10,
                        List.of("CENTRE_DECIDES 指挥中心 "),
                        "ESC-420 -"),
                example(
                        "two complaints: the level above",
                        quarrel()
                                .event(CaseEventKind.CITIZEN_COMPLAINED, TUE + T9)
                                .event(CaseEventKind.CITIZEN_COMPLAINED, TUE + T10),
                        TUE + T10,
                        List.of("RAISE_LEVEL 清波街道 RAI-0006,RTO-0002"),
                        "ESC-300 RAI-0006",
                        "ESC-510 RAI-0006",
                        "ESC-510 RTO-0002"),
                example(
                        "two complaints and no level above: the centre",
                        tiny("井盖破损")
                                .event(CaseEventKind.CITIZEN_COMPLAINED, march2 + T9)
                                .event(CaseEventKind.CITIZEN_COMPLAINED, march2 + T10),
                        march2 + T10,
                        List.of("CENTRE_DECIDES 指挥中心 V1"),
                        "ESC-300 V1",
                        "ESC-520 V1"),
                example(
                        "clustered in one community: the conference of its category",
                        quarrel().similar(5, 30, "清波门社区"),
                        TUE + T9,
                        List.of("ACTIVATE_CONFERENCE 区委政法委 RAI-0001,CON-0007"),
                        "ESC-300 RAI-0001",
                        "ESC-530 CON-0007",
                        "ESC-530 RAI-0001"),
                example(
                        "in the media, and no row names a conference: the centre",
                        tiny("井盖破损").event(CaseEventKind.MEDIA_REPORTED, march2 + T9),
                        march2 + T9,
                        List.of("CENTRE_DECIDES 指挥中心 V2"),
                        "ESC-300 V2",
                        "ESC-540 V2"),
                example(
                        "assessment has brought it up: the centre, as the row says",
                        hole().event(CaseEventKind.RAISED_IN_ASSESSMENT, march2 + T9),
                        march2 + T9,
                        List.of("CENTRE_DECIDES 指挥中心 V3"),
                        "ESC-300 V3",
                        "ESC-550 V3"),
                example(
                        "returned by a body that the catalogue does not name: to the one that it does",
                        new CaseFile(CATALOGUED, "路面坑洞", "热线", "东市社区", march2 + T9)
                                .lead("水务公司")
                                .event(CaseEventKind.ACCEPTED, march2 + T9)
                                .returned(march2 + T9, "不归我管"),
                        march2 + T9,
                        List.of("REASSIGN 主办局 B3,D-1"),
                        "ESC-215 B3",
                        "ESC-215 D-1"),
                example(
                        "returned by the body that the catalogue names: the centre reviews it",
                        new CaseFile(CATALOGUED, "路面坑洞", "热线", "东市社区", march2 + T9)
                                .event(CaseEventKind.ACCEPTED, march2 + T9)
                                .returned(march2 + T9, "不归我管"),
                        march2 + T9,
                        List.of("CENTRE_DECIDES 指挥中心 B3,D-1"),
                        "ESC-216 B3",
                        "ESC-216 D-1"),
                example(
                        "paused as the table allows: no limit runs",
                        fair("路面坑洞").paused(march2 + T10, "指挥中心", "等待检测"),
                        "2026-03-06T09:00:00+08:00",
                        List.of("WAIT PAUSED"),
                        "ESC-020 -",
                        "ESC-025 G2",
                        "ESC-045 G2",
                        "ESC-115 Z2"),
                example(
                        "late, and all that is called for has been done: the body has to act",
                        quarrel().event(CaseEventKind.YELLOW_CARD, "2026-10-08T17:30:00+08:00"),
                        "2026-10-09T09:00:00+08:00",
                        List.of("WAIT PRESSED"),
                        "ESC-900 -",
                        "ESC-910 -"),
                example(
                        "said to be done, and found that it was not: it is not closure's turn",
                        quarrel()
                                .stageEvent(CaseEventKind.STAGE_DONE, TUE + T9, "调解")
                                .event(CaseEventKind.FRAUD, TUE + T10),
                        TUE + T11,
                        List.of("WAIT PRESSED"),
                        "ESC-920 -"),
                example(
                        "said to be done, and somebody was hurt since: it is urged all the same",
                        hurtOnceDone(),
                        march2 + "10:10:00+08:00",
                        List.of("SUPERVISE 主办局 V4"),
                        "ESC-305 V4",
                        "ESC-500 V4"),
                example(
                        "the lead has paused it for itself: the limits run on",
                        fair("路面坑洞").paused(march2 + "09:10:00+08:00", "主办局", "等待检测"),
                        march2 + "09:20:00+08:00",
                        List.of("WAIT ON_TRACK"),
                        "ESC-040 G1",
                        "ESC-115 Z2",
                        "ESC-900 -"),
                example(
                        "the citizen has waited as long as may be: the centre, as the row says",
                        fair("井盖破损").event(CaseEventKind.LEADER_NOTED, march2 + T10),
                        "2026-03-05T09:00:00+08:00",
                        List.of("REMIND 水务公司 围护 L1", "CENTRE_DECIDES 指挥中心 Z1"),
                        "ESC-100 L1",
                        "ESC-115 Z1",
                        "ESC-120 Z1",
                        "ESC-500 L1",
                        "ESC-550 Z1",
                        "ESC-600 N1",
                        "ESC-600 N2"),
                example(
                        "the centre has not ruled by its own limit: it is urged",
                        fair("邻里纠纷")
                                .event(CaseEventKind.REMINDED, "2026-03-03T09:00:00+08:00")
                                .event(CaseEventKind.RAISED_IN_ASSESSMENT, march2 + T10),
                        "2026-03-03T17:30:00+08:00",
                        List.of("SUPERVISE 指挥中心 N1", "CENTRE_DECIDES 指挥中心 V3"),
                        "ESC-115 Z2",
                        "ESC-300 V3",
                        "ESC-505 N1",
                        "ESC-550 V3",
                        "ESC-600 N1",
                        "ESC-600 N2",
                        "ESC-610 N1"),
                example(
                        "a conference has it, and has not decided",
                        new CaseFile(CONFERRING, "路面坑洞", "热线", "东市社区", march2 + T9)
                                .event(CaseEventKind.ACCEPTED, march2 + T9)
                                .event(CaseEventKind.CONFERENCE_ACTIVATED, march2 + T9),
                        march2 + T9,
                        List.of("WAIT ON_TRACK"),
                        "ESC-620 M1",
                        "ESC-900 -"),
                example(
                        "a conference is late: whoever convenes it is urged",
                        conferring(PRESSING),
                        march2 + T10,
                        List.of("SUPERVISE 协办局 M1"),
                        "ESC-507 M1",
                        "ESC-620 M1",
                        "ESC-630 M1"),
                example(
                        "the level above has helped: the body that leads goes on alone",
                        new CaseFile(LOWERING, "路面坑洞", "热线", "东市社区", march2 + T9)
                                .event(CaseEventKind.ACCEPTED, march2 + T9)
                                .event(CaseEventKind.LEVEL_RAISED, march2 + T9),
                        march2 + T9,
                        List.of("LOWER_LEVEL 主办局 V4,U1"),
                        "ESC-300 V4",
                        "ESC-515 U1",
                        "ESC-515 V4"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_case_is_decided_by_these_rules_and_rows_and_no_others(Example example) {
        assertThat(example.file().actions(example.now())).isEqualTo(example.actions());
        assertThat(example.file().because(example.now())).isEqualTo(example.because());
    }

    @Test
    void every_rule_has_a_case_that_fires_it_and_one_that_does_not() {
        var all = new TreeSet<String>();
        DISTRICT.rules().refs().stream()
                .map(RuleRef::code)
                .filter(code -> code.startsWith("ESC-"))
                .forEach(all::add);
        var fired = new TreeSet<String>();
        var notFired = new TreeSet<String>();
        examples().forEach(example -> {
            List<String> own = example.because().stream()
                    .map(line -> line.split(" ", -1)[0])
                    .toList();
            fired.addAll(own);
            all.stream().filter(code -> !own.contains(code)).forEach(notFired::add);
        });

        assertThat(fired).isEqualTo(all);
        assertThat(notFired).isEqualTo(all);
    }

    // ———— What is ordered, of whom, by when ————

    @Test
    void a_yellow_card_is_drawn_when_the_stage_is_due_and_must_be_answered_in_three_working_days() {
        Action card = only(quarrel()
                .event(CaseEventKind.REMINDED, "2026-09-30T12:00:00+08:00")
                .event(CaseEventKind.BLUE_CARD, "2026-09-30T12:00:00+08:00")
                .decision("2026-10-09T09:00:00+08:00"));

        assertThat(card.kind()).isEqualTo(ActionKind.YELLOW_CARD);
        assertThat(labels(card.to())).containsExactly("清波门社区");
        assertThat(labels(card.copied())).containsExactly("区社会治理中心");
        assertThat(card.since()).isEqualTo("2026-10-08T17:30:00+08:00");
        assertThat(card.due()).isEqualTo("2026-10-12T17:30:00+08:00"); // 9, a Saturday made up, 12
    }

    @Test
    void cards_only_rise_a_case_that_is_asked_about_late_gets_the_highest_and_none_below_it_after_that() {
        CaseFile late = quarrel();
        assertThat(late.actions("2026-10-13T09:00:00+08:00")).containsExactly("YELLOW_CARD 清波门社区 调解 LIM-0004");

        late.event(CaseEventKind.YELLOW_CARD, "2026-10-13T09:00:00+08:00");

        assertThat(late.actions("2026-10-13T09:00:00+08:00")).containsExactly("WAIT PRESSED");
        assertThat(late.actions("2026-10-15T17:30:00+08:00")).containsExactly("SUPERVISE 清波门社区 调解 LIM-0005");
    }

    @Test
    void urging_comes_again_every_five_working_days_until_the_stage_is_done() {
        CaseFile late = quarrel()
                .event(CaseEventKind.REMINDED, "2026-10-08T17:30:00+08:00")
                .event(CaseEventKind.BLUE_CARD, "2026-10-08T17:30:00+08:00")
                .event(CaseEventKind.YELLOW_CARD, "2026-10-08T17:30:00+08:00")
                .event(CaseEventKind.EXPLAINED, "2026-10-08T17:30:00+08:00");

        assertThat(late.actions("2026-10-09T17:29:59+08:00")).containsExactly("WAIT PRESSED");
        assertThat(late.actions("2026-10-09T17:30:00+08:00")).containsExactly("SUPERVISE 清波门社区 调解 LIM-0005");
        late.event(CaseEventKind.SUPERVISED, "2026-10-09T17:30:00+08:00");
        assertThat(late.decision("2026-10-09T17:30:00+08:00").nextReviewAt()).isEqualTo("2026-10-15T17:30:00+08:00");
        assertThat(late.actions("2026-10-15T17:30:00+08:00")).containsExactly("SUPERVISE 清波门社区 调解 LIM-0005");
    }

    @Test
    void a_body_urged_once_that_gives_no_reason_in_five_working_days_is_named_in_public() {
        CaseFile late = quarrel()
                .event(CaseEventKind.REMINDED, "2026-10-08T17:30:00+08:00")
                .event(CaseEventKind.BLUE_CARD, "2026-10-08T17:30:00+08:00")
                .event(CaseEventKind.YELLOW_CARD, "2026-10-08T17:30:00+08:00")
                .event(CaseEventKind.SUPERVISED, "2026-10-09T17:30:00+08:00");

        assertThat(late.decision("2026-10-09T17:30:00+08:00").nextReviewAt()).isEqualTo("2026-10-14T17:30:00+08:00");
        assertThat(late.actions("2026-10-14T17:30:00+08:00")).containsExactly("RED_CARD 清波门社区 调解 LIM-0006");
        assertThat(late.event(CaseEventKind.EXPLAINED, "2026-10-14T09:00:00+08:00")
                        .actions("2026-10-14T17:30:00+08:00"))
                .containsExactly("WAIT PRESSED");
    }

    @Test
    void a_pause_moves_what_is_left_of_a_limit_to_after_it() {
        OpenStage stage = quarrel()
                .event(CaseEventKind.PAUSED, TUE + T10)
                .event(CaseEventKind.RESUMED, "2026-09-24T10:00:00+08:00")
                .decision("2026-09-24T10:00:00+08:00")
                .openStages()
                .get(0);

        assertThat(stage.due()).isEqualTo("2026-10-10T17:30:00+08:00"); // two working days later, a Saturday made up
    }

    @ParameterizedTest
    @EnumSource(
            value = CaseEventKind.class,
            names = {"REDO", "REOPENED"})
    void what_has_to_be_done_again_is_open_again_and_pressed_by_its_own_limit(CaseEventKind again) {
        CaseFile done = quarrel().stageEvent(CaseEventKind.STAGE_DONE, TUE + T10, "调解");
        assertThat(done.actions(WED + T9)).containsExactly("WAIT DONE");

        CaseFile redone = done.event(again, WED + T9);
        EscalationDecision decision = redone.decision(WED + T9);
        OpenStage stage = decision.openStages().get(0);

        assertThat(stage.start()).isEqualTo(WED + T9);
        assertThat(stage.due())
                .isEqualTo("2026-10-10T17:30:00+08:00"); // ten working days from then, a Saturday made up
        assertThat(decision.nextReviewAt()).isNotNull();
        assertThat(redone.actions("2026-10-10T17:30:00+08:00"))
                .anyMatch(action -> action.startsWith("YELLOW_CARD 清波门社区 调解 "));
        assertThat(redone.stageEvent(CaseEventKind.STAGE_DONE, "2026-09-25T09:00:00+08:00", "调解")
                        .actions("2026-09-25T09:00:00+08:00"))
                .containsExactly("WAIT DONE");
    }

    @Test
    void a_stage_that_says_itself_when_it_was_done_again_is_done() {
        CaseFile file =
                quarrel().stageEvent(CaseEventKind.STAGE_DONE, TUE + T10, "调解").event(CaseEventKind.REDO, WED + T9);
        OpenCase open = file.open();
        HandledStage stage = open.stages().get(0);
        OffsetDateTime again = OffsetDateTime.parse("2026-09-25T09:00:00+08:00");
        var done = new HandledStage(
                stage.order(), stage.name(), stage.limit(), stage.start(), stage.due(), stage.row(), again);

        assertThat(open.doneAt(done)).isEqualTo(again);
        assertThat(open.doneAt(stage)).isNull();
    }

    @Test
    void what_was_not_done_yet_does_not_begin_anew_when_it_is_opened_again() {
        OpenStage stage = quarrel()
                .event(CaseEventKind.LEDGERED, TUE + T9)
                .event(CaseEventKind.REOPENED, WED + T9)
                .decision(WED + T9)
                .openStages()
                .get(0);

        assertThat(stage.due()).isEqualTo("2026-10-08T17:30:00+08:00");
    }

    @Test
    void a_redo_is_of_the_stage_and_by_the_time_that_it_names_and_what_was_granted_before_is_spent() {
        CaseFile hole = hole().stageEvent(CaseEventKind.EXTENSION_REQUESTED, "2026-03-02T09:10:00+08:00", "围护")
                .granted("2026-03-02T09:20:00+08:00", "围护", "2026-03-20T09:00:00+08:00")
                .stageEvent(CaseEventKind.STAGE_DONE, "2026-03-02T10:00:00+08:00", "围护")
                .stageEvent(CaseEventKind.STAGE_DONE, "2026-03-03T10:00:00+08:00", "修复")
                .stageEvent(CaseEventKind.REDO, "2026-03-04T09:00:00+08:00", "围护");

        assertThat(hole.decision("2026-03-04T09:00:00+08:00").openStages())
                .extracting(OpenStage::name, OpenStage::due)
                .containsExactly(tuple("围护", OffsetDateTime.parse("2026-03-04T12:00:00+08:00")));

        hole.redo("2026-03-04T09:30:00+08:00", "2026-03-06T17:30:00+08:00");
        assertThat(hole.decision("2026-03-04T10:00:00+08:00").openStages())
                .extracting(OpenStage::name, OpenStage::due)
                .containsExactly(
                        tuple("围护", OffsetDateTime.parse("2026-03-04T12:00:00+08:00")),
                        tuple("修复", OffsetDateTime.parse("2026-03-06T17:30:00+08:00")));
    }

    @Test
    void a_stage_that_counts_from_the_one_before_moves_with_its_extension() {
        CaseFile hole = hole().stageEvent(CaseEventKind.EXTENSION_REQUESTED, "2026-03-02T09:30:00+08:00", "围护")
                .granted("2026-03-02T09:30:00+08:00", "围护", "2026-03-03T09:00:00+08:00");

        assertThat(hole().decision("2026-03-02T09:30:00+08:00").openStages())
                .extracting(OpenStage::due)
                .containsExactly(
                        OffsetDateTime.parse("2026-03-02T12:00:00+08:00"),
                        OffsetDateTime.parse("2026-03-09T17:30:00+08:00"));
        assertThat(hole.decision("2026-03-02T09:30:00+08:00").openStages())
                .extracting(OpenStage::due)
                .containsExactly(
                        OffsetDateTime.parse("2026-03-03T09:00:00+08:00"),
                        OffsetDateTime.parse("2026-03-10T17:30:00+08:00"));
    }

    @Test
    void an_extension_counts_from_when_the_stage_is_due_and_is_given_once() {
        CaseFile asked = quarrel().stageEvent(CaseEventKind.EXTENSION_REQUESTED, TUE + T9, "调解");
        Action granted = only(asked.decision(TUE + T9));

        assertThat(granted.due()).isEqualTo("2026-10-14T17:30:00+08:00"); // 9, a Saturday made up, 12, 13, 14
        asked.granted(TUE + T10, "调解", requireNonNull(granted.due()).toString())
                .stageEvent(CaseEventKind.EXTENSION_REQUESTED, WED + T9, "调解");
        assertThat(asked.actions(WED + T9)).containsExactly("REFUSE_EXTENSION 清波门社区 调解 EXT-0001");
    }

    @Test
    void a_reassigned_body_gets_the_whole_limit_from_the_return_on() {
        CaseFile file = quarrel().returned(TUE + T10, "不属本单位职责");
        Action action = only(file.decision(TUE + T10));

        assertThat(action.stages()).hasSize(1);
        assertThat(action.stages().get(0).start()).isEqualTo(TUE + T10);
        assertThat(action.stages().get(0).due()).isEqualTo("2026-10-09T17:30:00+08:00");
    }

    @Test
    void a_conference_has_its_convener_its_members_and_those_who_could_not_agree() {
        Action action =
                only(quarrel().conference("社会管理联席会议").similar(12, 7, "清波街道").decision(TUE + T9));

        assertThat(requireNonNull(action.conference()).label()).isEqualTo("社会管理联席会议");
        assertThat(labels(action.to())).containsExactly("区委政法委");
        assertThat(labels(action.members())).containsExactly("市公安局上城区分局", "区司法局", "区信访局", "清波门社区");
    }

    @Test
    void a_conference_has_a_time_and_what_presses_who_convenes_it_is_not_held_against_the_lead() {
        CaseFile urged = conferring(PRESSING).event(CaseEventKind.SUPERVISED, "2026-03-02T10:05:00+08:00", "协办局");

        EscalationDecision before = conferring(PRESSING).decision("2026-03-02T09:30:00+08:00");
        EscalationDecision after = urged.decision("2026-03-02T10:06:00+08:00");

        assertThat(requireNonNull(before.awaiting()).due()).isEqualTo("2026-03-02T10:00:00+08:00");
        assertThat(before.nextReviewAt()).isEqualTo("2026-03-02T10:00:00+08:00");
        assertThat(requireNonNull(after.awaiting()).late()).isTrue();
        assertThat(after.actions()).isEmpty();
        assertThat(urged.open().supervisions()).isZero();
        assertThat(urged.actions("2026-03-02T12:00:00+08:00")).contains("SUPERVISE 协办局 M1"); // two hours later again
    }

    @Test
    void who_has_returned_a_matter_sits_in_the_conference_over_it_and_does_not_convene_it() {
        CaseFile disputed =
                quarrel().conference("社会管理联席会议").similar(12, 7, "清波街道").event(CaseEventKind.SHIRKED, TUE + T9, "区委政法委");

        Action action = only(disputed.decision(TUE + T10));

        assertThat(labels(action.to())).containsExactly("区社会治理中心");
        assertThat(labels(action.members())).containsExactly("市公安局上城区分局", "区司法局", "区信访局", "清波门社区", "区委政法委");
    }

    @Test
    void an_event_that_names_no_body_concerns_the_one_that_had_the_case_then() {
        CaseFile passedOn = quarrel()
                .conference("社会管理联席会议")
                .similar(12, 7, "清波街道")
                .event(CaseEventKind.SHIRKED, TUE + T9)
                .event(CaseEventKind.FRAUD, TUE + T9)
                .returned(TUE + T10, "不属本单位职责")
                .event(CaseEventKind.REASSIGNED, TUE + T11, "区委政法委")
                .lead("区委政法委");
        assertThat(passedOn.open().shirks()).isZero();
        assertThat(passedOn.open().frauds()).isZero();
        assertThat(labels(only(passedOn.decision(TUE + T11)).to())).containsExactly("区委政法委");

        passedOn.event(CaseEventKind.SHIRKED, WED + T9);
        assertThat(passedOn.open().shirks()).isEqualTo(1);
    }

    @Test
    void who_had_the_case_before_it_was_raised_is_not_known_and_nobody_is_pressed_for_it() {
        CaseFile raised = quarrel()
                .event(CaseEventKind.FRAUD, TUE + T9)
                .event(CaseEventKind.LEVEL_RAISED, TUE + T10, "清波街道")
                .lead("清波街道");

        assertThat(raised.open().frauds()).isZero();
    }

    @Test
    void what_was_said_to_be_done_and_was_not_is_not_done_until_somebody_does_it_or_is_told_to() {
        CaseFile cheated =
                quarrel().stageEvent(CaseEventKind.STAGE_DONE, TUE + T9, "调解").event(CaseEventKind.FRAUD, TUE + T10);
        assertThat(cheated.open().cheated()).isTrue();

        cheated.event(CaseEventKind.REDO, TUE + T10);
        assertThat(cheated.open().cheated()).isFalse();
        assertThat(cheated.open().done()).isFalse();

        cheated.stageEvent(CaseEventKind.STAGE_DONE, WED + T9, "调解");
        assertThat(cheated.open().cheated()).isFalse();
        assertThat(cheated.open().done()).isTrue();
    }

    @Test
    void harm_after_all_is_done_is_open_until_somebody_decides_and_a_second_harm_is_urged_anew() {
        String march2 = "2026-03-02T";
        CaseFile hurt = hurtOnceDone().event(CaseEventKind.SUPERVISED, march2 + "10:20:00+08:00");
        assertThat(hurt.actions(march2 + "10:30:00+08:00")).containsExactly("WAIT PRESSED");

        hurt.event(CaseEventKind.HARM, march2 + "11:00:00+08:00");
        assertThat(hurt.actions(march2 + "11:10:00+08:00")).containsExactly("SUPERVISE 主办局 V4");
        assertThat(only(hurt.decision(march2 + "11:10:00+08:00")).since()).isEqualTo(march2 + "11:00:00+08:00");

        hurt.event(CaseEventKind.CENTRE_DECIDED, march2 + "11:20:00+08:00");
        assertThat(hurt.open().harmed()).isFalse();
    }

    @Test
    void stages_of_the_assignment_before_routing_was_asked_again_are_passed_over_and_later_ones_are_not() {
        CaseFile again = quarrel()
                .stageEvent(CaseEventKind.BLUE_CARD, TUE + T9, "先期处置")
                .event(CaseEventKind.ROUTED_AGAIN, TUE + T10);
        assertThat(unknown(again)).isEmpty();
        assertThat(again.decision(TUE + T11).openStages())
                .extracting(OpenStage::name)
                .containsExactly("调解");

        again.stageEvent(CaseEventKind.BLUE_CARD, TUE + T11, "先期处置");
        assertThat(unknown(again)).containsExactly(Code.UNKNOWN_STAGE);
    }

    private static List<Code> unknown(CaseFile file) {
        OpenCase open = file.open();
        var facts = new EscalationFacts(
                open.matter().report(),
                null,
                null,
                requireNonNull(open.matter().severity()),
                requireNonNull(open.matter().urgency()),
                open.assignedAt(),
                open.lead(),
                open.assisting(),
                open.conference(),
                open.stages(),
                open.events(),
                open.similar(),
                open.noClearLaw());
        var codes = new ArrayList<Code>();
        var now = OffsetDateTime.parse(WED + T9).toInstant();
        EscalationChecks.check(
                facts,
                true,
                new DecisionMoment(now, DecisionMoment.USUAL_TOLERANCE),
                problem -> codes.add(problem.code()));
        return codes;
    }

    @Test
    void what_is_unsolvable_after_an_extension_goes_on_the_ledger_and_is_looked_at_every_thirty_days() {
        CaseFile file = quarrel()
                .stageEvent(CaseEventKind.EXTENSION_REQUESTED, TUE + T9, "调解")
                .granted(TUE + T10, "调解", "2026-10-15T17:30:00+08:00")
                .event(CaseEventKind.UNSOLVABLE, WED + T9);

        assertThat(file.actions(WED + T9)).containsExactly("LEDGER 清波门社区 RAI-0011");
        file.event(CaseEventKind.LEDGERED, WED + T10);
        EscalationDecision decision = file.decision(WED + T10);
        assertThat(decision.reason()).isEqualTo(NoActionReason.ON_LEDGER);
        assertThat(decision.nextReviewAt()).isEqualTo("2026-10-23T10:00:00+08:00");
        assertThat(file.actions("2026-10-23T10:00:00+08:00")).containsExactly("REMIND 清波门社区 WAI-0005");
    }

    @Test
    void of_what_presses_a_body_only_the_hardest_is_taken_and_of_what_settles_whose_it_is_the_furthest() {
        CaseFile file = quarrel()
                .similar(5, 30, "清波门社区")
                .event(CaseEventKind.CITIZEN_COMPLAINED, TUE + T9)
                .event(CaseEventKind.CITIZEN_COMPLAINED, TUE + T10)
                .returned(TUE + T11, "不属本单位职责");

        assertThat(file.actions("2026-10-09T08:30:00+08:00"))
                .containsExactly("YELLOW_CARD 清波门社区 调解 LIM-0004", "ACTIVATE_CONFERENCE 区委政法委 RAI-0001,CON-0007");
    }

    @Test
    void without_a_single_rule_the_centre_decides() {
        Policy silent =
                TinyEscalation.tiny().file("rules/escalation.drl", new byte[0]).load();
        EscalationDecision decision = new CaseFile(silent, "路面坑洞", "热线", "东市社区", "2026-03-02T09:00:00+08:00")
                .decision("2026-03-02T09:00:00+08:00");

        assertThat(decision.outcome()).isEqualTo(EscalationOutcome.ACT);
        assertThat(decision.actions()).extracting(CaseFile::told).containsExactly("CENTRE_DECIDES 指挥中心 ");
        assertThat(decision.because()).extracting(reason -> reason.rule()).containsExactly("ESC-999");
    }

    @Test
    void rows_that_differ_where_one_should_apply_are_for_the_centre() {
        Policy twice = TinyEscalation.tiny()
                .cell("escalation.xlsx 说明!B5", "全部适用")
                .row("escalation.xlsx", "退单处理", "B5", "", "不归我管", "", "2 工作日", "改派", "否", "水务公司", "试行", "待确认")
                .load();
        CaseFile file = new CaseFile(twice, "路面坑洞", "热线", "东市社区", "2026-03-02T09:00:00+08:00")
                .returned("2026-03-02T10:00:00+08:00", "不归我管");

        assertThat(file.actions("2026-03-02T10:00:00+08:00")).containsExactly("CENTRE_DECIDES 指挥中心 ");
        assertThat(file.because("2026-03-02T10:00:00+08:00")).containsExactly("ESC-220 B3", "ESC-220 B5");
    }

    @Test
    void a_row_that_begins_later_is_reviewed_when_it_begins() {
        Policy later = TinyEscalation.tiny()
                .cell("escalation.xlsx 升级条件!K2", "生效 From")
                .cell("escalation.xlsx 升级条件!K5", "2026-03-04")
                .load();
        CaseFile file = new CaseFile(later, "邻里纠纷", "热线", "东市社区", "2026-03-02T09:00:00+08:00")
                .event(CaseEventKind.ACCEPTED, "2026-03-02T09:00:00+08:00")
                .event(CaseEventKind.RAISED_IN_ASSESSMENT, "2026-03-02T09:00:00+08:00")
                .stageEvent(CaseEventKind.REMINDED, "2026-03-02T13:00:00+08:00", "围护");

        EscalationDecision decision = file.decision("2026-03-02T13:00:00+08:00");

        assertThat(decision.reason()).isEqualTo(NoActionReason.PRESSED);
        assertThat(decision.nextReviewAt()).isEqualTo("2026-03-04T00:00:00+08:00");
        assertThat(file.actions("2026-03-04T00:00:00+08:00")).containsExactly("CENTRE_DECIDES 指挥中心 V3");
    }

    // ———— Laws ————

    /** One timer is enough: until the moment it names nothing changes, and at that moment something does. */
    @Property(tries = 150)
    void until_the_next_review_the_answer_stays_and_at_it_it_changes(@ForAll Random random) {
        CaseFile file = random(random);
        OffsetDateTime now = OffsetDateTime.parse(MON + T9).plusDays(6).plusMinutes(random.nextInt(45 * 24 * 60));
        EscalationDecision here = decision(file, now);
        OffsetDateTime next = here.nextReviewAt();
        if (next == null) {
            assertThat(decision(file, now.plusDays(30)).sameActions(here)).isTrue();
            return;
        }

        assertThat(next).isAfter(now);
        assertThat(decision(file, next.minusSeconds(1)).sameActions(here)).isTrue();
        assertThat(decision(file, now.plusSeconds(random.nextLong(next.toEpochSecond() - now.toEpochSecond())))
                        .sameActions(here))
                .isTrue();
        assertThat(isOther(file, next, here)).isTrue();
    }

    /** Whether a moment's answer is another; that there is none without next year's calendar is another, too. */
    private static boolean isOther(CaseFile file, OffsetDateTime moment, EscalationDecision before) {
        try {
            return !decision(file, moment).sameActions(before);
        } catch (CalendarEndedException e) {
            return !moment.isBefore(OffsetDateTime.parse("2026-12-24T00:00:00+08:00"));
        }
    }

    private static EscalationDecision decision(CaseFile file, OffsetDateTime at) {
        return file.answer(at.toInstant()).decision();
    }

    private static CaseFile random(Random random) {
        List<CaseFile> beginnings = List.of(
                untouched(),
                new CaseFile(DISTRICT, "供水管道破裂", "公开受理", "清波门社区", MON + T9),
                new CaseFile(DISTRICT, "私搭乱建", "网格", "清波街道", MON + T9));
        CaseFile file = beginnings.get(random.nextInt(beginnings.size()));
        String stage = file.open().stages().get(0).name();
        file.urgency(List.of("一般", "紧急", "特急").get(random.nextInt(3)));
        if (random.nextInt(4) == 0) {
            file.similar(random.nextInt(12), random.nextInt(40), "清波门社区");
        }
        OffsetDateTime at = OffsetDateTime.parse(MON + T9);
        boolean paused = false;
        boolean requested = false;
        int events = random.nextInt(9);
        for (int i = 0; i < events; i++) {
            at = at.plusMinutes(1 + random.nextInt(16 * 60));
            String when = at.toString();
            switch (random.nextInt(13)) {
                case 0 -> file.event(CaseEventKind.ACCEPTED, when);
                case 1 -> file.event(CaseEventKind.CONTACTED, when);
                case 2 -> file.event(CaseEventKind.REMINDED, when);
                case 3 -> {
                    file.event(paused ? CaseEventKind.RESUMED : CaseEventKind.PAUSED, when);
                    paused = !paused;
                }
                case 4 -> {
                    if (requested) {
                        file.granted(when, stage, at.plusDays(12).toString());
                    } else {
                        file.stageEvent(CaseEventKind.EXTENSION_REQUESTED, when, stage);
                    }
                    requested = !requested;
                }
                case 5 ->
                    file.returned(when, List.of("不属本单位职责", "职责有争议", "信息不全").get(random.nextInt(3)));
                case 6 -> file.event(CaseEventKind.RETURN_REFUSED, when);
                case 7 -> file.event(CaseEventKind.CITIZEN_COMPLAINED, when);
                case 8 -> file.event(CaseEventKind.SUPERVISED, when);
                case 9 -> file.event(CaseEventKind.LEDGERED, when);
                case 10 -> file.stageEvent(CaseEventKind.STAGE_DONE, when, stage);
                case 11 -> file.event(random.nextBoolean() ? CaseEventKind.REDO : CaseEventKind.REOPENED, when);
                default -> file.event(CaseEventKind.YELLOW_CARD, when);
            }
        }
        return file;
    }

    @Property(tries = 200)
    void the_order_of_findings_has_no_part_in_the_decision(@ForAll Random random) {
        Example one = EXAMPLES.get(random.nextInt(EXAMPLES.size()));
        Example other = EXAMPLES.get(random.nextInt(EXAMPLES.size()));
        OpenCase open = one.file().open();
        var findings = new ArrayList<>(
                one.file().answer(OffsetDateTime.parse(one.now()).toInstant()).evidence());
        findings.addAll(other.file()
                .answer(OffsetDateTime.parse(other.now()).toInstant())
                .evidence());
        List<Body> centre = DISTRICT.vocabulary().bodies(BodyKind.CENTRE);
        EscalationDecision before = EscalationDecision.of(open, List.of(), centre, findings);

        Collections.shuffle(findings, random);

        assertThat(EscalationDecision.of(open, List.of(), centre, findings)).isEqualTo(before);
    }

    private static Action only(EscalationDecision decision) {
        assertThat(decision.actions()).hasSize(1);
        return decision.actions().get(0);
    }

    private static List<String> labels(List<Body> bodies) {
        return bodies.stream().map(Body::label).toList();
    }
}
