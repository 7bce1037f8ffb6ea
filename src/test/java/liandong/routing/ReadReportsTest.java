package liandong.routing;

import static java.util.Objects.requireNonNull;
import static liandong.table.Facts.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.Decide;
import liandong.decision.DecisionService;
import liandong.engine.Engine;
import liandong.engine.Reason;
import liandong.incident.Body;
import liandong.incident.Danger;
import liandong.incident.Matter;
import liandong.incident.Report;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.table.Facts;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports whose text is read: danger, nature, event type, and what becomes of them. */
class ReadReportsTest {
    /** A Friday afternoon, 16:30 in the policy's zone. */
    private static final Instant NOW = Instant.parse("2026-11-20T08:30:00Z");

    private static final Policy WORDS = TextPolicy.words().ofFormat3().load();
    private static final Policy SENTENCES = TextPolicy.sentences().ofFormat3().load();
    private static final Policy POLITE = TextPolicy.add(
                    TextPolicy.sentences(), "语境", "C-8", "您好、谢谢你们、谢谢、麻烦、尽快、来看看、我是、附近居民", "客套", "全文", "")
            .ofFormat3()
            .load();
    private static final Policy ASIDES = TextPolicy.asides("20").ofFormat3().load();
    private static final Policy EXAMPLES = TextPolicy.examples().ofFormat3().load();

    // ———— What is asserted: the whole answer, one line for each part of it that says something ————

    private static List<String> answer(Policy policy, Report report) {
        return lines(Decide.route(policy, report, NOW, false).decision());
    }

    private static List<String> answer(Policy policy, String text) {
        return answer(policy, report().saying(text).done());
    }

    private static List<String> lines(RoutingDecision decision) {
        var lines = new ArrayList<String>();
        lines.add(decision.outcome() + (decision.reason() == null ? "" : " " + decision.reason()));
        add(lines, "into ", decision.mergedInto());
        add(lines, "to ", labels(decision.relayTo()));
        Assignment assignment = decision.assignment();
        if (assignment != null) {
            lines.add("lead " + assignment.lead().label() + " " + assignment.route() + " due "
                    + assignment.stages().stream()
                            .map(stage -> stage.name() + " " + stage.due())
                            .toList());
        }
        Classification about = decision.about();
        if (about != null) {
            lines.add("about " + about.eventType().label() + " " + about.by()
                    + (about.severity() == null ? "" : " " + about.severity().label())
                    + (about.urgency() == null ? "" : " " + about.urgency().label()));
        }
        add(lines, "nature ", decision.nature() == null ? "" : decision.nature().label());
        add(lines, "danger ", decision.danger());
        decision.dangerToldIn().forEach(sentence -> lines.add("told in " + sentence));
        add(lines, "ask ", String.join("、", decision.ask()));
        TriageDesk desk = decision.triage();
        if (desk != null) {
            lines.add("desk " + desk.queue() + " " + desk.by().label() + " "
                    + desk.urgency().label() + " " + desk.due() + " " + desk.row());
        }
        DirectAnswer direct = decision.directAnswer();
        if (direct != null) {
            lines.add("answered by " + direct.by().label() + " " + direct.entry() + " " + direct.due());
        }
        Referral referral = decision.referral();
        if (referral != null) {
            lines.add("refer to " + referral.channel().label() + " " + referral.say() + " "
                    + referral.protectInformant());
        }
        decision.candidates()
                .forEach(each ->
                        lines.add("maybe " + each.eventType().label() + " " + each.points() + " " + each.rows()));
        decision.matters()
                .forEach(each -> lines.add("matter " + each.text() + " " + each.outcome() + " "
                        + each.eventType().label() + " "
                        + (each.lead() == null ? "" : each.lead().label()) + " "
                        + because(each.because())));
        lines.add("because " + because(decision.because()));
        add(lines, "unconfirmed ", String.join(",", decision.unconfirmed()));
        decision.warnings().forEach(each -> lines.add("warning " + each.line(Locale.ENGLISH)));
        return lines;
    }

    private static String because(List<Reason> reasons) {
        return reasons.stream()
                .map(reason -> reason.rule() + (reason.row() == null ? "" : " " + reason.row()))
                .collect(Collectors.joining(", "));
    }

    private static String labels(List<Body> bodies) {
        return bodies.stream().map(Body::label).collect(Collectors.joining("、"));
    }

    private static void add(List<String> lines, String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            lines.add(name + value);
        }
    }

    /** Where it goes and by which rows of the tables for reading, in one line. */
    private static String brief(Policy policy, String text) {
        RoutingDecision decision =
                Decide.route(policy, report().saying(text).done(), NOW, false).decision();
        return Stream.of(
                        decision.reason() == null ? decision.outcome() : decision.reason(),
                        decision.about() == null
                                ? null
                                : decision.about().eventType().label(),
                        decision.danger())
                .filter(each -> each != null)
                .map(Object::toString)
                .collect(Collectors.joining(" "));
    }

    // ———— Danger now ————

    @Test
    void whoever_is_in_danger_now_is_relayed_and_followed_up() {
        assertThat(answer(WORDS, "有人落水了"))
                .containsExactly(
                        "RELAYED",
                        "to 急救专线",
                        "lead 主办局 RELAY due [处置 2026-11-20T19:30+08:00]",
                        "about 求救 TEXT 一般 紧急",
                        "danger NOW",
                        "ask 人在哪里",
                        "because RTE-022 X-1, RTE-158 X-1, RTE-200 S-2, RTE-200 U-1, RTE-365 D-4, RTE-400 L-1");
    }

    @Test
    void danger_now_goes_before_whatever_else_the_text_says() {
        assertThat(answer(WORDS, "请问坑洞和井盖几时修，外省的，另外楼上争吵，法院判决书不执行，孩子掉进河"))
                .containsExactly(
                        "RELAYED",
                        "to 急救专线",
                        "lead 主办局 RELAY due [处置 2026-11-20T19:30+08:00]",
                        "about 求救 TEXT 一般 紧急",
                        "danger NOW",
                        "ask 人在哪里",
                        "maybe 路面坑洞 300 [W-1]",
                        "maybe 井盖破损 300 [W-2]",
                        "maybe 邻里纠纷 300 [W-4]",
                        "because RTE-022 X-1, RTE-158 X-1, RTE-200 S-2, RTE-200 U-1, RTE-365 D-4, RTE-400 L-1");
    }

    @Test
    void danger_now_is_relayed_though_nobody_knows_what_it_is_about() {
        assertThat(answer(WORDS, "楼里起火")).containsExactly("RELAYED", "to 急救专线", "danger NOW", "because RTE-022 X-3");
    }

    @Test
    void danger_now_is_relayed_though_the_caller_names_the_event_type_or_an_open_incident_or_another_district() {
        assertThat(answer(WORDS, report().about(Facts.HOLE).saying("坑里有人落水").done()))
                .containsExactly(
                        "RELAYED",
                        "to 急救专线",
                        "lead 主办局 LEAD_AND_ASSIST due [处置 2026-11-20T19:30+08:00]",
                        "about 路面坑洞 CALLER 一般 紧急",
                        "danger NOW",
                        "ask 人在哪里",
                        "because RTE-022 X-1, RTE-100, RTE-200 S-2, RTE-200 U-1, RTE-360 D-1, RTE-400 L-1");
        assertThat(answer(WORDS, report().sameAs("SC-0").saying("楼里起火").done()).get(0))
                .isEqualTo("RELAYED");
        assertThat(answer(WORDS, report().elsewhere().saying("楼里起火").done()).get(0))
                .isEqualTo("RELAYED");
    }

    @Test
    void what_the_grid_has_settled_is_archived_unless_the_text_says_that_somebody_is_in_danger_now() {
        assertThat(answer(WORDS, report().settled().saying("厨房冒烟").done()))
                .containsExactly("ARCHIVED", "because RTE-010");
        assertThat(answer(WORDS, report().settled().saying("有人落水").done()))
                .containsExactly(
                        "RELAYED",
                        "to 急救专线",
                        "about 求救 TEXT 一般 紧急",
                        "danger NOW",
                        "ask 人在哪里",
                        "because RTE-012 X-1, RTE-158 X-1, RTE-200 S-2, RTE-200 U-1");
    }

    @Test
    void below_the_relay_share_a_person_looks_at_once_instead() {
        Policy careful = TextPolicy.thresholds(
                        TextPolicy.words(), "是", "200", "300", "100", "300", "250", "20", "50", "50", "90", "5")
                .ofFormat3()
                .load();

        assertThat(answer(careful, "楼里起火"))
                .containsExactly(
                        "MANUAL_TRIAGE POSSIBLE_DANGER",
                        "danger POSSIBLE",
                        "desk 险情核实 主办局 紧急 2026-11-20T17:30+08:00 DK-1",
                        "because RTE-024 X-3, RTE-410 DK-1");
    }

    @ParameterizedTest
    @CsvSource({
        "消防演习，楼里起火, NO_MATTER",
        "楼里起火，后来知道是误报, NO_MATTER",
        "万一楼里起火怎么办, NO_MATTER",
        "万一下雨，楼里起火, RELAYED NOW",
        "没有人，孩子掉进河, RELAYED 求救 NOW",
        "孩子没有落水, NO_MATTER",
        "孩子不肯下来后落水, RELAYED 求救 NOW",
        "没有误报，楼里起火, RELAYED NOW",
        "孩子在家，落水管坏了, NO_MATTER",
        "孩子旁边的落水管, NO_MATTER",
        "掉进河的是孩子, RELAYED 求救 NOW",
        "孩子，掉进河, NO_MATTER",
        "这栋楼前天盖好，今天起火, RELAYED NOW",
        "起火, NO_MATTER"
    })
    void danger_is_lifted_denied_or_left_unread_by_the_words_around_it(String text, String outcome) {
        assertThat(brief(WORDS, text)).isEqualTo(outcome);
    }

    @Test
    void a_part_of_a_report_of_a_drill_is_not_relayed_by_itself() {
        assertThat(answer(WORDS, "今天演习；有人落水；路上坑洞；少了井盖"))
                .containsExactly(
                        "ASSIGNED",
                        "lead 主办局 LEAD_AND_ASSIST due [处置 2026-11-20T19:30+08:00]",
                        "about 路面坑洞 TEXT 一般 普通",
                        "maybe 路面坑洞 300 [W-1]",
                        "matter 路上坑洞 ASSIGNED 路面坑洞 主办局 RTE-160 T-1, RTE-160 W-1, RTE-200 S-2, RTE-200 U-2,"
                                + " RTE-360 D-1, RTE-400 L-1",
                        "matter 少了井盖 ASSIGNED 井盖破损 水务公司 RTE-160 T-1, RTE-160 W-2, RTE-200 S-2, RTE-200 U-2,"
                                + " RTE-350 D-2, RTE-400 L-1",
                        "because RTE-160 T-1, RTE-160 W-1, RTE-200 S-2, RTE-200 U-2, RTE-360 D-1, RTE-400 L-1");
    }

    // ———— Possible danger ————

    @Test
    void possible_danger_in_a_known_matter_is_assigned_sooner_and_looked_at_by_a_person_at_once() {
        assertThat(answer(WORDS, "路上有坑洞，还闻到燃气味"))
                .containsExactly(
                        "ASSIGNED",
                        "lead 主办局 LEAD_AND_ASSIST due [处置 2026-11-20T19:30+08:00]",
                        "about 路面坑洞 TEXT 一般 紧急",
                        "danger POSSIBLE",
                        "ask 有没有明火",
                        "desk 险情核实 主办局 紧急 2026-11-20T17:30+08:00 DK-1",
                        "maybe 路面坑洞 300 [W-1]",
                        "because RTE-024 X-2, RTE-160 T-1, RTE-160 W-1, RTE-200 S-2, RTE-200 U-1, RTE-360 D-1,"
                                + " RTE-400 L-1, RTE-410 DK-1");
    }

    @Test
    void possible_danger_in_an_unknown_matter_is_left_to_a_person_with_desk_and_candidates() {
        assertThat(answer(WORDS, "坑洞和井盖边上有燃气味"))
                .containsExactly(
                        "MANUAL_TRIAGE POSSIBLE_DANGER",
                        "danger POSSIBLE",
                        "ask 有没有明火",
                        "desk 险情核实 主办局 紧急 2026-11-20T17:30+08:00 DK-1",
                        "maybe 路面坑洞 300 [W-1]",
                        "maybe 井盖破损 300 [W-2]",
                        "because RTE-024 X-2, RTE-410 DK-1");
    }

    @Test
    void possible_danger_goes_before_an_answer_and_an_open_incident() {
        assertThat(brief(WORDS, "请问坑洞有燃气味怎么办")).isEqualTo("ASSIGNED 路面坑洞 POSSIBLE");
        assertThat(answer(
                                WORDS,
                                report().wanting(Facts.QUESTION)
                                        .saying("坑洞有燃气味")
                                        .done())
                        .get(0))
                .isEqualTo("MANUAL_TRIAGE POSSIBLE_DANGER");
        assertThat(answer(WORDS, report().sameAs("SC-0").saying("燃气味").done()).get(0))
                .isEqualTo("MANUAL_TRIAGE POSSIBLE_DANGER");
    }

    @Test
    void a_text_like_dangerous_examples_is_looked_at_by_a_person_and_never_relayed_by_them_alone() {
        assertThat(answer(EXAMPLES, "河里有个人扑腾"))
                .containsExactly(
                        "ASSIGNED",
                        "lead 主办局 RELAY due [处置 2026-11-20T19:30+08:00]",
                        "about 求救 TEXT 一般 紧急",
                        "nature 求助",
                        "danger POSSIBLE",
                        "desk 险情核实 主办局 紧急 2026-11-20T17:30+08:00 DK-1",
                        "maybe 求救 910 [E-6]",
                        "maybe 邻里纠纷 40 [E-3]",
                        "because RTE-024 E-6, RTE-160 E-6, RTE-160 T-1, RTE-200 S-2, RTE-200 U-1, RTE-365 D-4, RTE-400 L-1, RTE-410 DK-1");
    }

    @Test
    void a_dangerous_sentence_is_seen_and_relayed_within_a_text_that_is_like_something_else() {
        String complaints = "隔壁天天半夜骂人，什么时候轮到我们这条路翻新，桥头那块地凹下去一大截，窨井上面的铁板翘起来了。";

        assertThat(brief(SENTENCES, complaints)).doesNotContain("POSSIBLE", "NOW");
        assertThat(brief(SENTENCES, complaints + "河里有个人扑腾。")).contains("POSSIBLE");
        assertThat(brief(SENTENCES, complaints + "河里有人落水在扑腾快来救。")).startsWith("RELAYED");
        assertThat(brief(EXAMPLES, complaints + "河里有个人扑腾。")).doesNotContain("POSSIBLE");
    }

    @Test
    void what_the_whole_text_says_of_danger_holds_for_each_of_its_sentences() {
        String text = "隔壁天天半夜骂人。河里有人落水在扑腾快来救。";

        assertThat(brief(SENTENCES, text)).startsWith("RELAYED");
        assertThat(brief(SENTENCES, text + "是演习。")).doesNotContain("RELAYED", "NOW");
    }

    private static final Policy OVER = TextPolicy.add(TextPolicy.sentences(), "语境", "C-9", "没事了、救上来了", "解除危险", "前文", "")
            .ofFormat3()
            .load();

    @ParameterizedTest
    @CsvSource({
        "有人落水没事了, NO",
        "有人落水，没事了, NO",
        "有人落水。没事了, POSSIBLE",
        "没事了，有人落水, NOW",
        "没事了。有人落水, NOW",
        "有人落水。没事了。闻到燃气味, POSSIBLE",
        "演习，有人落水, NO",
        "有人落水是演习。另外闻到燃气味, POSSIBLE",
        "闻到燃气味。另外有人落水是演习, POSSIBLE",
    })
    void what_is_over_lifts_what_was_told_before_it_and_nothing_lifts_another_matter(String text, Danger danger) {
        assertThat(reading(OVER, text).danger()).isEqualTo(danger);
    }

    private static final String ASIDE = "谢谢你们辛苦了，辛苦了。";
    private static final String MATTER = "桥头那块地凹下去一大截";

    private static Reading reading(Policy policy, String text) {
        return requireNonNull(
                Decide.route(policy, report().saying(text).done(), NOW, false).finding(Reading.class));
    }

    @Test
    void a_sentence_that_says_nothing_of_a_matter_is_left_out_of_what_the_text_is_about() {
        Reading alone = reading(ASIDES, MATTER);
        Reading beside = reading(ASIDES, ASIDE + MATTER + "！");

        assertThat(beside.asides()).containsExactly("谢谢你们辛苦了，辛苦了");
        assertThat(beside.candidates()).isEqualTo(alone.candidates());
        assertThat(beside.nature()).isEqualTo(alone.nature());
        assertThat(alone.asides()).isEmpty();
        assertThat(reading(SENTENCES, ASIDE + MATTER).asides()).isEmpty();
        assertThat(reading(SENTENCES, ASIDE + MATTER).lead()).isLessThan(alone.lead());
    }

    @ParameterizedTest
    @ValueSource(strings = {"谢谢你们辛苦了。辛苦了谢谢你们。", "谢谢你们辛苦了。桥头那块地凹下去一大截，窨井上面的铁板翘起来了，隔壁天天半夜骂人。", "桥头那块地凹下去一大截。"})
    void every_sentence_counts_where_all_say_nothing_or_the_rest_does_not_say_plainly_more(String text) {
        assertThat(reading(ASIDES, text).asides()).isEmpty();
        assertThat(reading(ASIDES, text).candidates())
                .isEqualTo(reading(SENTENCES, text).candidates());
    }

    @Test
    void danger_is_told_by_what_is_left_out_too() {
        String text = ASIDE + "是演习。" + MATTER + "。河里有人落水。";

        assertThat(reading(ASIDES, text).alarms())
                .isEqualTo(reading(SENTENCES, text).alarms());
        assertThat(brief(ASIDES, ASIDE + MATTER + "。河里有人落水。")).startsWith("RELAYED");
    }

    @Test
    void an_answer_says_in_which_sentences_of_a_longer_text_danger_is_told_in_the_reporters_words() {
        String text = "隔壁天天半夜骂人。 河里有\u200B個人撲騰！什么时候轮到我们这条路翻新。楼上起火。有人落水、快来。";

        assertThat(answer(SENTENCES, text))
                .filteredOn(line -> line.startsWith("told in"))
                .containsExactly("told in 河里有\u200B個人撲騰", "told in 楼上起火");
        assertThat(answer(SENTENCES, "河里有个人在扑腾快来救")).noneMatch(line -> line.startsWith("told in"));
        assertThat(answer(EXAMPLES, text)).noneMatch(line -> line.startsWith("told in"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"坑洞", "路上有坑洞", "桥头那块地凹下去一大截", "有人落水", "河里有个人扑腾", "闻到燃气味", "起诉", "请问这条路", "外省坑洞", "有人落水是演习"})
    void courtesy_changes_nothing_wherever_it_stands(String text) {
        for (String polite :
                List.of("您好，" + text, text + "，谢谢！", "我是附近居民。" + text + "。麻烦尽快来看看，谢谢你们！", text + "。。\n谢谢\n麻烦")) {
            assertThat(answer(POLITE, polite))
                    .as(polite)
                    .usingElementComparator(ReadReportsTest::withoutMarks)
                    .isEqualTo(answer(SENTENCES, text));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "坑洞，谢谢。河里有个人扑腾, 坑洞。河里有个人扑腾",
        "坑洞，谢谢。麻烦，河里有个人扑腾, 坑洞。河里有个人扑腾",
        "坑洞。谢谢，麻烦。河里有个人扑腾, 坑洞。河里有个人扑腾",
        "您好。谢谢。坑洞，河里有个人扑腾。谢谢！, 坑洞，河里有个人扑腾",
        "路上坑洞很大；麻烦尽快来看看，谢谢你们, 路上坑洞很大",
        "坑洞，谢谢！谢谢。您好，河里有个人扑腾, 坑洞。河里有个人扑腾"
    })
    void of_the_marks_around_courtesy_the_one_that_divides_more_stays(String polite, String plain) {
        assertThat(answer(POLITE, polite)).isEqualTo(answer(SENTENCES, plain));
    }

    /** Marks at the end of a matter's own text are those that stood there. */
    private static int withoutMarks(String line, String other) {
        return line.replaceAll("[，。！\\s]", "").compareTo(other.replaceAll("[，。！\\s]", ""));
    }

    @Test
    void what_is_nothing_but_courtesy_is_read_as_it_stands_and_a_word_of_it_within_a_clause_too() {
        assertThat(answer(POLITE, "您好，谢谢你们")).isEqualTo(answer(SENTENCES, "您好，谢谢你们"));
        assertThat(answer(POLITE, "麻烦把坑洞补上")).isEqualTo(answer(SENTENCES, "麻烦把坑洞补上"));
        assertThat(answer(POLITE, "谢谢你们辛苦了，桥头的坑")).isEqualTo(answer(SENTENCES, "谢谢你们辛苦了，桥头的坑"));
    }

    @Test
    void the_words_of_a_polite_report_are_marked_where_they_stand() {
        String text = "您好，谢谢！路上有坑洞，麻烦尽快来看看。另有井盖";
        var reader = new TextReader(TextIndex.of(POLITE), POLITE.tables(POLITE.day(NOW)));

        assertThat(reader.marks(Matter.of(report().saying(text).done())))
                .extracting(mark -> text.substring(mark.start(), mark.end()))
                .containsExactlyInAnyOrder("坑洞", "井盖");
    }

    @Test
    void characters_that_nobody_sees_change_nothing() {
        assertThat(brief(WORDS, "有人\u200B落\u200D水")).isEqualTo(brief(WORDS, "有人落水"));
        assertThat(answer(WORDS, "坑\u2060洞很\uFEFF大")).isEqualTo(answer(WORDS, "坑洞很大"));
    }

    @Test
    void where_words_lift_danger_examples_have_to_be_more_dangerous() {
        assertThat(brief(EXAMPLES, "河里有个人扑腾天天骂人")).isEqualTo("ASSIGNED 求救 POSSIBLE");
        assertThat(brief(EXAMPLES, "演习，河里有个人扑腾天天骂人")).isEqualTo("ASSIGNED 求救");
    }

    // ———— What it is about ————

    @ParameterizedTest
    @CsvSource({
        "路上有坑洞, ASSIGNED 路面坑洞",
        "路上有ＫＥＮＧ坑洞, ASSIGNED 路面坑洞",
        "路上有坑动, ASSIGNED 路面坑洞",
        "路上有坑凍, ASSIGNED 路面坑洞",
        "没有坑洞, NO_MATTER",
        "没有一二三四坑洞, ASSIGNED 路面坑洞",
        "没有，坑洞, ASSIGNED 路面坑洞",
        "不但坑洞, ASSIGNED 路面坑洞",
        "坑洞小吃店, NO_MATTER",
        "坑洞小吃店门口的坑洞, ASSIGNED 路面坑洞",
        "邻居争吵, ASSIGNED 邻里纠纷",
        "邻居一二三四争吵, ASSIGNED 邻里纠纷",
        "邻居一二三四五争吵, NO_MATTER",
        "争吵的是楼上, ASSIGNED 邻里纠纷",
        "邻居，争吵, NO_MATTER",
        "争吵, NO_MATTER",
        "电视里邻居争吵, NO_MATTER",
        "tv里邻居争吵, NO_MATTER",
        "电视坏了，邻居争吵, ASSIGNED 邻里纠纷",
        "要坑洞修补, ASSIGNED 其他道路问题",
        "坑洞修补，又有坑洞, TIE",
        "ATM机的WiFi断了, ASSIGNED 其他道路问题",
        "ＡＴＭ机的WIFI断了, ASSIGNED 其他道路问题",
        "取钱机的WiFi断了, ASSIGNED 其他道路问题",
        "小区门口, NO_MATTER",
        "有点颠簸, LOW_CONFIDENCE",
        "颠簸颠簸颠簸, LOW_CONFIDENCE",
        "坑洞颠簸，井盖, TIE",
        "坑洞和井盖, TIE"
    })
    void words_are_evidence_as_their_rows_say(String text, String outcome) {
        assertThat(brief(WORDS, text)).isEqualTo(outcome);
    }

    @Test
    void a_word_between_a_negation_and_its_object_is_denied_for_natures_too() {
        assertThat(answer(WORDS, "不咨询，路上有坑洞"))
                .containsExactly(
                        "ASSIGNED",
                        "lead 主办局 LEAD_AND_ASSIST due [处置 2026-11-20T19:30+08:00]",
                        "about 路面坑洞 TEXT 一般 普通",
                        "maybe 路面坑洞 300 [W-1]",
                        "because RTE-160 T-1, RTE-160 W-1, RTE-200 S-2, RTE-200 U-2, RTE-360 D-1, RTE-400 L-1");
    }

    @Test
    void examples_and_words_speak_for_an_event_type_together() {
        assertThat(answer(EXAMPLES, "桥头那块地凹下去一大截"))
                .containsExactly(
                        "ASSIGNED",
                        "lead 主办局 LEAD_AND_ASSIST due [处置 2026-11-20T19:30+08:00]",
                        "about 路面坑洞 TEXT 一般 普通",
                        "nature 求助",
                        "maybe 路面坑洞 1200 [E-1]",
                        "because RTE-160 E-1, RTE-160 T-1, RTE-200 S-2, RTE-200 U-2, RTE-360 D-1, RTE-400 L-1");
        assertThat(answer(EXAMPLES, "桥头那块地凹下去一大截，成了坑洞")).contains("maybe 路面坑洞 1487 [W-1, E-1]");
    }

    @Test
    void a_text_most_like_one_about_no_matter_is_about_none() {
        assertThat(answer(EXAMPLES, "谢谢你们辛苦了"))
                .containsExactly(
                        "MANUAL_TRIAGE NO_MATTER",
                        "nature 求助",
                        "desk 疑难研判 协办局 普通 2026-11-20T20:30+08:00 DK-2",
                        "maybe 井盖破损 34 [E-2]",
                        "maybe 其他道路问题 30 [E-4]",
                        "because RTE-162 E-5, RTE-162 T-1, RTE-410 DK-2");
    }

    @Test
    void what_the_text_says_too_little_about_or_too_much_is_left_to_a_person() {
        assertThat(answer(WORDS, "小区门口"))
                .containsExactly(
                        "MANUAL_TRIAGE NO_MATTER",
                        "desk 疑难研判 协办局 普通 2026-11-20T20:30+08:00 DK-2",
                        "because RTE-162 T-1, RTE-410 DK-2");
        assertThat(answer(WORDS, "有点颠簸"))
                .containsExactly(
                        "MANUAL_TRIAGE LOW_CONFIDENCE",
                        "desk 疑难研判 协办局 普通 2026-11-20T20:30+08:00 DK-2",
                        "maybe 路面坑洞 100 [W-3]",
                        "because RTE-164 T-1, RTE-164 W-3, RTE-410 DK-2");
        assertThat(answer(WORDS, "坑洞和井盖"))
                .containsExactly(
                        "MANUAL_TRIAGE TIE",
                        "desk 疑难研判 协办局 普通 2026-11-20T20:30+08:00 DK-2",
                        "maybe 路面坑洞 300 [W-1]",
                        "maybe 井盖破损 300 [W-2]",
                        "because RTE-166 T-1, RTE-166 W-1, RTE-410 DK-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"！？…", "😀😀", "The road is broken", "дорога сломана", "道が壊れている", "12345", "\uD83D"})
    void signs_alone_and_other_languages_are_about_no_matter(String text) {
        assertThat(answer(EXAMPLES, text))
                .containsExactly(
                        "MANUAL_TRIAGE NO_MATTER",
                        "desk 疑难研判 协办局 普通 2026-11-20T20:30+08:00 DK-2",
                        "because RTE-162 T-1, RTE-410 DK-2");
    }

    @Test
    void a_category_that_the_caller_knows_leaves_out_event_types_of_others() {
        assertThat(answer(WORDS, report().within(Facts.LIFE).saying("坑洞边上邻居争吵").done()))
                .contains("about 邻里纠纷 TEXT 一般 普通", "maybe 邻里纠纷 300 [W-4]")
                .noneMatch(line -> line.contains("坑洞"));
    }

    // ———— Elsewhere, natures, answers, referrals ————

    @Test
    void beyond_the_calendar_it_is_told_who_judges_though_not_by_when() {
        Policy policy = TextPolicy.words()
                .cell(TextPolicy.READING + " 研判分派!F4", "4 工作时")
                .ofFormat3()
                .load();

        RoutingDecision decision = Decide.route(
                        policy, report().saying("你好").done(), Instant.parse("2199-01-02T01:00:00Z"), false)
                .decision();

        assertThat(decision.reason()).isEqualTo(TriageReason.NO_MATTER);
        assertThat(decision.triage())
                .extracting(TriageDesk::queue, TriageDesk::due, TriageDesk::row)
                .containsExactly("疑难研判", null, "DK-2");
    }

    @Test
    void what_happened_elsewhere_is_left_to_a_person_with_what_it_is_about() {
        assertThat(answer(WORDS, "外省老家的外省路有坑洞"))
                .containsExactly(
                        "MANUAL_TRIAGE OUT_OF_AREA",
                        "about 路面坑洞 TEXT 一般 普通",
                        "desk 疑难研判 协办局 普通 2026-11-20T20:30+08:00 DK-2",
                        "maybe 路面坑洞 300 [W-1]",
                        "because RTE-045 C-6, RTE-160 T-1, RTE-160 W-1, RTE-200 S-2, RTE-200 U-2, RTE-410 DK-2");
    }

    @Test
    void a_question_is_answered_by_whoever_would_lead() {
        assertThat(answer(WORDS, "请问坑洞几时修"))
                .containsExactly(
                        "ANSWER",
                        "about 路面坑洞 TEXT 一般 普通",
                        "nature 咨询",
                        "answered by 主办局 养护计划 2026-11-20T18:30+08:00",
                        "maybe 路面坑洞 300 [W-1]",
                        "because RTE-160 T-1, RTE-160 W-1, RTE-200 S-2, RTE-200 U-2, RTE-395 A-1");
    }

    @Test
    void words_of_a_nature_count_in_their_place_the_first_row_of_the_sheet_before_others() {
        assertThat(nature("坑洞修好了吗？")).isEqualTo("咨询");
        assertThat(nature("修好了吗，坑洞还在")).isNull();
        assertThat(nature("“帮忙看看坑洞")).isEqualTo("求助");
        assertThat(nature("坑洞请帮忙看看")).isNull();
        assertThat(nature("帮忙看看坑洞，咨询一下")).isEqualTo("咨询");
    }

    @Test
    void the_nature_that_the_caller_gives_wins() {
        assertThat(answer(
                        WORDS, report().wanting(Facts.REQUEST).saying("请问坑洞几时修").done()))
                .containsExactly(
                        "ASSIGNED",
                        "lead 主办局 LEAD_AND_ASSIST due [处置 2026-11-20T19:30+08:00]",
                        "about 路面坑洞 TEXT 一般 普通",
                        "nature 求助",
                        "maybe 路面坑洞 300 [W-1]",
                        "because RTE-160 T-1, RTE-160 W-1, RTE-200 S-2, RTE-200 U-2, RTE-360 D-1, RTE-400 L-1");
    }

    private static @Nullable String nature(String text) {
        var nature = Decide.route(WORDS, report().saying(text).done(), NOW, false)
                .decision()
                .nature();
        return nature == null ? null : nature.label();
    }

    @Test
    void what_has_a_lawful_way_of_its_own_is_referred_with_words_to_say() {
        assertThat(answer(WORDS, "我要起诉"))
                .containsExactly(
                        "REFERRED",
                        "about 诉讼 TEXT 一般 普通",
                        "refer to 协办局 请向受理法院提出 false",
                        "maybe 诉讼 300 [W-8]",
                        "because RTE-160 T-1, RTE-160 W-8, RTE-200 S-2, RTE-200 U-2, RTE-390 F-1");
        assertThat(answer(WORDS, "法院判决书没人执行"))
                .containsExactly("REFERRED", "refer to 协办局 请向作出判决的法院提出 true", "because RTE-392 F-2");
    }

    // ———— Several matters ————

    @Test
    void a_report_of_several_matters_names_each_with_the_first_as_its_own() {
        assertThat(answer(WORDS, "路上有坑洞另外楼上争吵；还少了井盖；坑洞又大了"))
                .containsExactly(
                        "ASSIGNED",
                        "lead 主办局 LEAD_AND_ASSIST due [处置 2026-11-20T19:30+08:00]",
                        "about 路面坑洞 TEXT 一般 普通",
                        "maybe 路面坑洞 300 [W-1]",
                        "matter 路上有坑洞 ASSIGNED 路面坑洞 主办局 RTE-160 T-1, RTE-160 W-1, RTE-200 S-2, RTE-200 U-2,"
                                + " RTE-360 D-1, RTE-400 L-1",
                        "matter 另外楼上争吵 ASSIGNED 邻里纠纷 主办局 RTE-160 T-1, RTE-160 W-4, RTE-200 S-2,"
                                + " RTE-200 U-2, RTE-330 D-3, RTE-400 L-1",
                        "matter 还少了井盖 ASSIGNED 井盖破损 水务公司 RTE-160 T-1, RTE-160 W-2, RTE-200 S-2,"
                                + " RTE-200 U-2, RTE-350 D-2, RTE-400 L-1",
                        "because RTE-160 T-1, RTE-160 W-1, RTE-200 S-2, RTE-200 U-2, RTE-360 D-1, RTE-400 L-1");
    }

    @Test
    void parts_about_the_same_matter_are_one_and_a_caller_who_names_the_event_type_tells_of_one() {
        assertThat(answer(WORDS, "路上有坑洞；桥上也有坑洞")).noneMatch(line -> line.startsWith("matter"));
        assertThat(answer(WORDS, report().about(Facts.HOLE).saying("路上有坑洞；楼上争吵").done()))
                .noneMatch(line -> line.startsWith("matter"));
    }

    // ———— Rows in force, and conditions ————

    @Test
    void a_row_counts_only_on_its_days_and_under_its_conditions() {
        TinyPolicy policy = TextPolicy.words();
        policy.sheet(
                TextPolicy.READING,
                "词语",
                cells("编号", "来源", "词语", "同句另含", "间隔", "除非", "事项", "作用", "依据", "状态", "生效", "失效"),
                cells("W-1", "热线", "坑洞", "", "", "", "路面坑洞", "决定", "试行", "已确认", "", ""),
                cells("W-2", "", "井盖", "", "", "", "井盖破损", "决定", "试行", "已确认", "2026-11-21", ""),
                cells("W-3", "", "下沉", "", "", "", "路面坑洞", "决定", "试行", "已确认", "", "2026-11-19"),
                cells("W-4", "", "裂缝", "", "", "", "路面坑洞", "决定", "试行", "已确认", "2026-11-20", "2026-11-20"));
        policy.sheet(
                TextPolicy.READING,
                "危险筛查",
                cells("编号", "来源", "谁或何处", "何种情形", "范围", "危险", "转接单位", "事项", "问明", "依据", "状态", "生效"),
                cells("X-1", "热线", "", "落水", "分句", "现在", "急救专线", "", "", "试行", "已确认", ""),
                cells("X-2", "", "", "冒烟", "分句", "可能", "", "", "", "试行", "已确认", "2027-01-01"));
        policy.sheet(
                TextPolicy.READING,
                "语境",
                cells("编号", "来源", "词语", "作用", "范围", "间隔", "依据", "状态"),
                cells("C-1", "热线", "没有", "否定", "分句", "", "试行", "已确认"));
        policy.sheet(
                TextPolicy.READING,
                "写法",
                cells("编号", "来源", "写作", "读作", "依据", "状态"),
                cells("P-1", "热线", "列缝", "裂缝", "试行", "已确认"));
        Policy loaded = policy.ofFormat3().load();

        assertThat(bySource(loaded, "坑洞")).containsExactly("MANUAL_TRIAGE NO_MATTER", "ASSIGNED");
        assertThat(bySource(loaded, "井盖")).containsExactly("MANUAL_TRIAGE NO_MATTER", "MANUAL_TRIAGE NO_MATTER");
        assertThat(bySource(loaded, "下沉")).containsExactly("MANUAL_TRIAGE NO_MATTER", "MANUAL_TRIAGE NO_MATTER");
        assertThat(bySource(loaded, "裂缝")).containsExactly("ASSIGNED", "ASSIGNED");
        assertThat(bySource(loaded, "没有裂缝")).containsExactly("ASSIGNED", "MANUAL_TRIAGE NO_MATTER");
        assertThat(bySource(loaded, "列缝")).containsExactly("MANUAL_TRIAGE NO_MATTER", "ASSIGNED");
        assertThat(bySource(loaded, "落水")).containsExactly("MANUAL_TRIAGE NO_MATTER", "RELAYED");
        assertThat(bySource(loaded, "冒烟")).containsExactly("MANUAL_TRIAGE NO_MATTER", "MANUAL_TRIAGE NO_MATTER");
        assertThat(answer(loaded, "裂缝", Instant.parse("2026-11-20T16:00:00Z")).get(0))
                .as("after midnight of the policy's zone")
                .isEqualTo("MANUAL_TRIAGE NO_MATTER");
        assertThat(answer(loaded, "井盖", Instant.parse("2026-11-20T16:00:00Z")).get(0))
                .isEqualTo("ASSIGNED");
    }

    @Test
    void a_text_that_no_row_of_the_thresholds_covers_is_not_read() {
        TinyPolicy policy = TextPolicy.words();
        policy.sheet(
                TextPolicy.READING,
                "研读门槛",
                cells(
                        "编号", "来源", "认定事项", "单句分", "决定分", "佐证分", "词语上限", "最低得分", "最低领先", "转接占比", "危险占比", "解除后占比",
                        "邻近例句", "依据", "状态"),
                cells("T-1", "热线", "是", "0", "300", "100", "300", "250", "20", "0", "50", "90", "5", "试行", "已确认"));
        Policy loaded = policy.ofFormat3().load();

        assertThat(bySource(loaded, "路上有坑洞")).containsExactly("MANUAL_TRIAGE NO_ROW", "ASSIGNED");
    }

    /** How a text ends from the grid, and from the hotline. */
    private static List<String> bySource(Policy policy, String text) {
        return Stream.of(Facts.GRID, Facts.HOTLINE)
                .map(source -> answer(policy, report().from(source).saying(text).done())
                        .get(0))
                .toList();
    }

    private static List<String> answer(Policy policy, String text, Instant now) {
        return lines(
                Decide.route(policy, report().saying(text).done(), now, false).decision());
    }

    private static String[] cells(String... cells) {
        return cells;
    }

    // ———— Laws ————

    @ParameterizedTest
    @ValueSource(
            strings = {
                "坑洞", "没有坑洞", "有人，落水，", "邻居很多人争吵", "邻居，争吵", "坑洞；", "另外坑洞", "落水管落水", "演习，", "坑动", "路灯不亮", "外省", "！"
            })
    void the_longest_text_is_read_within_the_time_limit_of_a_decision(String repeated) {
        String text = repeated.repeat(20_000 / repeated.length());

        // An engine with half the time of the service's.
        var decided = Decide.route(
                new Engine(1_000, Duration.ofSeconds(1)),
                EXAMPLES,
                report().saying(text).done(),
                NOW,
                false);

        assertThat(decided.decision().because()).isNotEmpty();
    }

    @Test
    void two_policies_of_the_same_files_read_alike() {
        Policy again = TextPolicy.examples().ofFormat3().load();
        for (String text : List.of("桥头的地凹下去", "铁板翘起来", "隔壁骂人，河里有人", "请问这条路", "坑洞和井盖")) {
            assertThat(Decide.route(again, report().saying(text).done(), NOW, true))
                    .isEqualTo(Decide.route(EXAMPLES, report().saying(text).done(), NOW, true));
        }
    }

    @Property
    void danger_now_is_relayed_whatever_stands_in_the_other_clauses(
            @ForAll("clauses") List<String> before, @ForAll("clauses") List<String> after) {
        String text = String.join("，", before) + "。有人落水。" + String.join("，", after);

        assertThat(answer(EXAMPLES, text)).startsWith("RELAYED", "to 急救专线");
    }

    /** Clauses none of which lifts danger everywhere. */
    @Provide
    Arbitrary<List<String>> clauses() {
        return Arbitraries.of(
                        "路上有坑洞", "没有", "万一", "不但", "请问", "井盖；", "外省", "另外", "燃气味", "小吃店", "谢谢你们", "隔壁骂人", "法院判决书", "起诉",
                        "ＡＢＣ", "😀", "")
                .list()
                .ofMaxSize(5);
    }

    // ———— Requests ————

    @Test
    void a_nature_that_the_policy_does_not_have_is_named() {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> decide(",\"nature\":\"建议\""))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(problem -> problem.at() + " " + problem.line(Locale.ENGLISH))
                        .containsExactly("/incident/nature /incident/nature: UNKNOWN_CODE: \"建议\" is neither a code nor"
                                + " a label in \"natures\" of the vocabulary. Allowed: REQUEST 求助, QUESTION 咨询"));
    }

    @Test
    void a_nature_is_given_by_code_or_label() throws BadRequestException {
        assertThat(decide(",\"nature\":\"QUESTION\"")).isEqualTo("ANSWER");
        assertThat(decide(",\"nature\":\"咨询\"")).isEqualTo("ANSWER");
    }

    @Test
    void more_injured_than_persons_concerned_are_a_contradiction_told_in_both_languages() throws BadRequestException {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> decide(",\"people\":3,\"injured\":4"))
                .satisfies(refused -> {
                    assertThat(refused.problems())
                            .extracting(problem -> problem.line(Locale.ENGLISH))
                            .containsExactly("/incident/people: FEWER_PEOPLE: 3 persons are fewer than the 4 injured."
                                    + " Count everybody, the injured too, or leave the number out where it is not"
                                    + " known.");
                    assertThat(refused.problems())
                            .extracting(problem -> problem.line(Locale.CHINESE))
                            .containsExactly(
                                    "/incident/people: FEWER_PEOPLE: 人数 3 少于重伤人数 4。" + " 人数应把伤者计算在内；人数不详的，不填这一项。");
                });
        assertThat(decide(",\"people\":4,\"injured\":4")).isEqualTo("ASSIGNED");
        assertThat(decide(",\"people\":0,\"injured\":4")).isEqualTo("ASSIGNED");
        assertThat(decide(",\"people\":5,\"gathering\":9,\"injured\":4")).isEqualTo("ASSIGNED");
    }

    @Test
    void a_gathering_smaller_than_the_injured_is_a_contradiction_of_its_own() {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> decide(",\"people\":5,\"gathering\":3,\"injured\":4"))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(problem -> problem.at() + " " + problem.code())
                        .containsExactly("/incident/gathering FEWER_PEOPLE"));
    }

    private static String decide(String members) throws BadRequestException {
        String request =
                "{\"incident\":{\"id\":\"SC-1\",\"reportedAt\":\"2026-11-20T16:00:00+08:00\",\"source\":\"GRID\","
                        + "\"area\":\"330102001001\",\"text\":\"路上有坑洞\"" + members + "}}";
        return new DecisionService(() -> WORDS, Clock.fixed(NOW, ZoneOffset.UTC))
                .decide(Decide.ROUTING, Json.read(request))
                .answer()
                .path("outcome")
                .stringValue();
    }

    @ParameterizedTest
    @CsvSource({"'',ASSIGNED", "99,ASSIGNED", "101,MANUAL_TRIAGE TIE"})
    void what_is_like_a_general_event_type_is_left_to_a_person_unless_it_leads_by_as_much_as_the_row_asks(
            String lead, String ended) {
        Policy policy = TextPolicy.general(lead).ofFormat3().load();

        assertThat(answer(policy, "坑洞修补").get(0)).isEqualTo(ended);
        assertThat(answer(policy, "坑洞").get(0))
                .as("an event type that is not general")
                .isEqualTo("ASSIGNED");
    }

    @ParameterizedTest
    @CsvSource({"'',ASSIGNED", "50,ASSIGNED", "90,MANUAL_TRIAGE TIE"})
    void what_is_also_like_no_matter_is_left_to_a_person_unless_it_leads_that_by_as_much_as_the_row_asks(
            String lead, String ended) {
        Policy policy = TextPolicy.nothing(lead).ofFormat3().load();

        assertThat(answer(policy, "桥头那块地凹下去一大截，辛苦").get(0)).isEqualTo(ended);
    }

    @ParameterizedTest
    @CsvSource({"刚才是演习，但有人落水,RELAYED", "刚才是演习但有人落水,MANUAL_TRIAGE NO_MATTER"})
    void words_within_a_clause_begin_another_matter_only_where_a_clause_begins_with_them(String text, String ended) {
        Policy policy = TextPolicy.add(TextPolicy.words(), "语境", "C-9", "但", "另起一事", "分句", "")
                .ofFormat3()
                .load();

        assertThat(answer(policy, text).get(0)).isEqualTo(ended);
    }

    @Test
    void whoever_tells_of_danger_is_not_taken_to_ask_for_an_answer_only() {
        Policy policy = TextPolicy.words().ofFormat3().load();

        assertThat(answer(policy, "请问有人落水怎么办")).noneMatch(line -> line.startsWith("nature"));
        assertThat(answer(policy, "请问坑洞怎么办")).contains("nature 咨询");
    }
}
