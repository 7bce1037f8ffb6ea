package liandong.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import liandong.Seeds;
import liandong.policy.TinyPolicy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.routing.CueRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Findings about the tables by which texts are read, and about duties and urgent limits; each beside what is none. */
class TextCheckTest {
    private static final String FILE = TinyPolicy.READING;

    /** What this class is about. */
    private static final Set<Code> CODES = Set.of(
            Code.LEAD_ASSISTS_ITSELF,
            Code.SLOW_WHEN_URGENT,
            Code.WORD_DECIDES_TWICE,
            Code.CONTEXT_WORD_COUNTS,
            Code.ONE_CHARACTER_DECIDES,
            Code.CUE_WITHOUT_EVENT_TYPE,
            Code.CONTEXT_WITH_EVENT_TYPE,
            Code.WORD_WITH_MARK,
            Code.LONG_WORD,
            Code.RESPELT_WORD,
            Code.LIFTED_DANGER,
            Code.DANGER_WITHOUT_RELAY,
            Code.RELAY_WITHOUT_DANGER,
            Code.SCREEN_WITHOUT_DANGER,
            Code.EXAMPLE_CONTRADICTED,
            Code.EVENT_TYPE_WITHOUT_EXAMPLE,
            Code.EXAMPLES_READ_OTHERWISE,
            Code.MORE_PROBLEMS);

    private static int ids;

    private final TinyPolicy policy = sound();

    private static TinyPolicy sound() {
        var policy = TinyPolicy.withOneRule()
                .ofFormat3()
                .row(
                        FILE, "研读门槛", "RD-1", "是", "200", "100", "40", "300", "180", "3", "12", "22", "70", "15", "",
                        "", "", "", "", "", "", "", "", "试算", "推定");
        example(policy, "路上有个大坑洞", "路面坑洞");
        example(policy, "车道塌下去一个坑洞", "路面坑洞");
        example(policy, "坑洞里全是水", "路面坑洞");
        example(policy, "井盖不见了", "井盖破损");
        example(policy, "井盖碎了一角", "井盖破损");
        example(policy, "井盖晃得厉害", "井盖破损");
        example(policy, "道路有点旧", "其他道路问题");
        example(policy, "这条道路几时修", "其他道路问题");
        example(policy, "道路名字写错了", "其他道路问题");
        cue(policy, "吵架", "", "", "邻里纠纷", "决定");
        return policy;
    }

    private static String id() {
        return "N-" + ++ids;
    }

    private static void example(TinyPolicy policy, String sentence, String type) {
        policy.row(FILE, "例句", id(), sentence, type, "无", "", "自编", "推定");
    }

    private static void example(TinyPolicy policy, String sentence, String type, int times) {
        for (int i = 0; i < times; i++) {
            example(policy, sentence + "呀".repeat(i + 1), type);
        }
    }

    private static void cue(TinyPolicy policy, String words, String with, String unless, String type, String role) {
        policy.row(FILE, "词语", id(), words, with, "", unless, type, role, "日常用语", "推定");
    }

    private static void context(TinyPolicy policy, String words, String effect) {
        policy.row(FILE, "语境", id(), words, effect, "分句", "", "日常用语", "推定");
    }

    private static void danger(TinyPolicy policy, String who, String what, String danger, String relay) {
        policy.row(FILE, "危险筛查", id(), who, what, "分句", danger, relay, "", "", "用语", "推定");
    }

    private static void spelling(TinyPolicy policy, String written, String readAs) {
        policy.row(FILE, "写法", id(), written, readAs, "异写", "推定");
    }

    private List<String> lines() {
        return lines(Locale.ENGLISH);
    }

    private List<String> lines(Locale locale) {
        CheckResult checked = PolicyCheck.of(policy.files(), TinyPolicy.TODAY);
        assertThat(checked.policy())
                .as(() -> checked.problems().stream()
                        .map(problem -> problem.line(Locale.ENGLISH))
                        .toList()
                        .toString())
                .isNotNull();
        return checked.problems().stream()
                .filter(problem -> CODES.contains(problem.code()))
                .map((Problem problem) -> problem.line(locale))
                .toList();
    }

    @Test
    void a_sound_policy_has_none_of_these_findings() {
        cue(policy, "井盖", "不见、没了", "", "井盖破损", "决定");
        cue(policy, "井盖", "积水", "", "其他道路问题", "决定");
        cue(policy, "小区、单元楼", "", "", "", "语境");
        cue(policy, "小区", "吵", "", "邻里纠纷", "佐证");
        cue(policy, "坑", "很深", "", "路面坑洞", "决定");
        context(policy, "误报", "解除危险");
        danger(policy, "小孩", "掉下去", "现在", "急救专线");
        danger(policy, "", "喊救命", "可能", "");
        spelling(policy, "阴井盖", "井盖");

        assertThat(lines()).isEmpty();
    }

    @RepeatedTest(5)
    void any_policy_whose_words_each_speak_for_one_event_type_has_none_of_these_findings(RepetitionInfo repetition) {
        var random = new Random(Seeds.random().nextLong() + repetition.getCurrentRepetition());
        List<String> types = List.of("路面坑洞", "井盖破损", "其他道路问题", "邻里纠纷");
        List<CueRole> roles = List.of(CueRole.DECIDES, CueRole.SUPPORTS);
        for (int row = 0; row < 30; row++) {
            var words = new ArrayList<String>();
            for (int word = random.nextInt(4); word >= 0; word--) {
                words.add("词" + row + "之" + word);
            }
            cue(
                    policy,
                    String.join("、", words),
                    random.nextBoolean() ? "同句" + row : "",
                    random.nextBoolean() ? "除非" + row : "",
                    types.get(random.nextInt(types.size())),
                    roles.get(random.nextInt(roles.size())).label());
            boolean now = random.nextBoolean();
            danger(policy, "", "险" + String.join("、险", words), now ? "现在" : "可能", now ? "急救专线" : "");
            spelling(policy, "错写" + row + "号", "正写" + row + "号");
            context(policy, "解除" + row + "号", "解除危险");
        }

        assertThat(lines()).isEmpty();
    }

    @Test
    void a_policy_without_examples_of_its_format_has_none_of_these_findings() {
        CheckResult checked = PolicyCheck.of(TinyPolicy.withOneRule().files(), TinyPolicy.TODAY);

        assertThat(checked.problems()).map(Problem::code).doesNotContainAnyElementsOf(CODES);
    }

    // ———— Words ————

    @Test
    void a_word_that_decides_for_two_event_types_is_told_at_the_second() {
        cue(policy, "坑洞、凹陷", "", "", "路面坑洞", "决定");
        cue(policy, "凹陷、塌陷", "", "", "其他道路问题", "决定");

        assertThat(lines())
                .containsExactly("reading.xlsx 词语!B5: WORD_DECIDES_TWICE: 凹陷 decides for \"其他道路问题\" here and for"
                        + " \"路面坑洞\" in B4, so it does not tell which of the two it is. Let it decide for one of them"
                        + " only, or tell them apart by 同句另含 or 除非.");
        assertThat(lines(Locale.CHINESE))
                .containsExactly("reading.xlsx 词语!B5: WORD_DECIDES_TWICE: 凹陷 在此处决定“其他道路问题”，在 B4 又决定“路面坑洞”，"
                        + "分不出是哪一个事项。 请只在一处作“决定”，或用“同句另含”“除非”加以区分。");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', '', '', true", // nothing tells them apart
        "很深, '', 很浅, '', false", // each wants another word
        "很深、积水, '', 积水, '', true", // both want the same
        "'', 积水, 积水, '', false", // what one wants the other rules out
        "'', '', 积水, '', true", // beside that word both count
        "'', 积水, '', '', true", // without it both count
        "很深, '', 坑很深, '', true", // one wants what the other contains
    })
    void words_are_told_apart_by_what_stands_beside_them(
            String with, String unless, String otherWith, String otherUnless, boolean told) {
        cue(policy, "凹陷", with, unless, "路面坑洞", "决定");
        cue(policy, "凹陷", otherWith, otherUnless, "其他道路问题", "决定");

        assertThat(lines()).hasSize(told ? 1 : 0);
    }

    @Test
    void a_word_may_decide_for_one_and_support_another_or_decide_for_one_twice() {
        cue(policy, "凹陷", "", "", "路面坑洞", "决定");
        cue(policy, "凹陷", "", "", "其他道路问题", "佐证");
        cue(policy, "凹陷、塌陷", "", "", "路面坑洞", "决定");

        assertThat(lines()).isEmpty();
    }

    @Test
    void a_word_is_compared_in_the_form_that_texts_are_read_in() {
        cue(policy, "凹陷", "", "", "路面坑洞", "决定");
        cue(policy, "凹陷Ａ、凹陷", "", "", "路面坑洞", "佐证");
        cue(policy, "塌a", "", "", "路面坑洞", "决定");
        cue(policy, "塌Ａ", "", "", "其他道路问题", "决定");

        assertThat(lines()).singleElement().asString().startsWith("reading.xlsx 词语!B7: WORD_DECIDES_TWICE: 塌a decides");
    }

    @Test
    void a_word_that_another_row_calls_context_may_not_count_by_itself() {
        cue(policy, "小区、学校", "", "", "", "语境");
        cue(policy, "学校、隔壁", "", "", "邻里纠纷", "佐证");

        assertThat(lines())
                .containsExactly("reading.xlsx 词语!B5: CONTEXT_WORD_COUNTS: 学校 speaks for \"邻里纠纷\" here all by itself,"
                        + " but is context only in B4. Delete it in one of the two rows, or name in 同句另含 what must"
                        + " stand beside it.");
    }

    @Test
    void a_single_character_may_decide_only_beside_another_word() {
        cue(policy, "坑、洞、坑洞", "", "", "路面坑洞", "决定");
        cue(policy, "盖", "", "", "井盖破损", "佐证");

        assertThat(lines())
                .containsExactly("reading.xlsx 词语!B4: ONE_CHARACTER_DECIDES: 坑、洞 decides for \"路面坑洞\" by a single"
                        + " character, which stands in many other words. Write the whole word, or name in 同句另含 what"
                        + " must stand beside it.");
    }

    @Test
    void words_that_count_want_an_event_type_and_context_wants_none() {
        cue(policy, "凹陷", "", "", "", "佐证");
        cue(policy, "小区", "", "", "邻里纠纷", "语境");

        assertThat(lines())
                .containsExactly(
                        "reading.xlsx 词语!F4: CUE_WITHOUT_EVENT_TYPE: These words are to count (\"佐证\"), but for no event"
                                + " type. Name the event type, or write 语境 into the column 作用.",
                        "reading.xlsx 词语!F5: CONTEXT_WITH_EVENT_TYPE: Words that are \"语境\" speak for no event type, so"
                                + " \"邻里纠纷\" counts for nothing. Empty the cell, or write 佐证 or 决定 into the column 作用.");
    }

    // ———— Words that no text is found by ————

    @Test
    void words_with_marks_blanks_or_wildcards_are_told_with_their_cell() {
        cue(policy, "坑洞，凹陷、3.5吨", "很 深", "坑*洞", "路面坑洞", "决定");
        danger(policy, "小孩；老人", "掉下去。", "可能", "");

        assertThat(lines())
                .containsExactly(
                        "reading.xlsx 危险筛查!B3: WORD_WITH_MARK: A mark, a blank or a wildcard stands within 小孩;老人, and a text"
                                + " would have to say it exactly so. Put 、 between the words of a cell, and write each as"
                                + " people say it.",
                        "reading.xlsx 危险筛查!C3: WORD_WITH_MARK: A mark, a blank or a wildcard stands within 掉下去。, and a text"
                                + " would have to say it exactly so. Put 、 between the words of a cell, and write each as"
                                + " people say it.",
                        "reading.xlsx 词语!B4: WORD_WITH_MARK: A mark, a blank or a wildcard stands within 坑洞,凹陷, and a text"
                                + " would have to say it exactly so. Put 、 between the words of a cell, and write each as"
                                + " people say it.",
                        "reading.xlsx 词语!C4: WORD_WITH_MARK: A mark, a blank or a wildcard stands within 很 深, and a text"
                                + " would have to say it exactly so. Put 、 between the words of a cell, and write each as"
                                + " people say it.",
                        "reading.xlsx 词语!E4: WORD_WITH_MARK: A mark, a blank or a wildcard stands within 坑*洞, and a text"
                                + " would have to say it exactly so. Put 、 between the words of a cell, and write each as"
                                + " people say it.");
    }

    @Test
    void a_word_of_more_than_30_characters_is_told() {
        cue(policy, "坑".repeat(30) + "、" + "洞".repeat(31), "", "", "路面坑洞", "决定");

        assertThat(lines())
                .containsExactly(
                        "reading.xlsx 词语!B4: LONG_WORD: More than 30 characters, which no text says exactly so: "
                                + "洞".repeat(30)
                                + "…. Keep the few characters that matter; whole sentences belong to 例句.");
    }

    @Test
    void a_word_that_the_table_of_spellings_replaces_is_told_unless_the_cell_has_the_other_one_too() {
        spelling(policy, "阴沟", "下水道");
        cue(policy, "阴沟堵了", "", "", "其他道路问题", "佐证");
        cue(policy, "阴沟、下水道", "", "", "其他道路问题", "佐证");
        danger(policy, "", "掉进阴沟", "可能", "");

        assertThat(lines())
                .containsExactly(
                        "reading.xlsx 危险筛查!C3: RESPELT_WORD: Texts are brought into one spelling before words are looked"
                                + " for, so what stands here is not found: 掉进阴沟 → 掉进下水道. Write it as it is read, or"
                                + " take it out of 写法.",
                        "reading.xlsx 词语!B4: RESPELT_WORD: Texts are brought into one spelling before words are looked for,"
                                + " so what stands here is not found: 阴沟堵了 → 下水道堵了. Write it as it is read, or take it"
                                + " out of 写法.");
    }

    // ———— The screen for danger ————

    @Test
    void a_row_of_the_screen_whose_own_words_lift_the_danger_is_told() {
        context(policy, "培训", "解除危险");
        danger(policy, "", "培训班着火、楼道着火", "可能", "");
        danger(policy, "培训班", "冒烟", "可能", "");

        assertThat(lines())
                .containsExactly(
                        "reading.xlsx 危险筛查!C3: LIFTED_DANGER: No text is found dangerous by this, because a word within it"
                                + " says that there is no danger: 培训班着火 ⊃ 培训 (语境!B3). Word one of the two otherwise:"
                                + " here, or in 语境.",
                        "reading.xlsx 危险筛查!B4: LIFTED_DANGER: No text is found dangerous by this, because a word within it"
                                + " says that there is no danger: 培训班 ⊃ 培训 (语境!B3). Word one of the two otherwise:"
                                + " here, or in 语境.");
    }

    @Test
    void danger_now_wants_a_line_and_possible_danger_none() {
        danger(policy, "", "喊救命", "现在", "");
        danger(policy, "", "冒烟", "可能", "急救专线");
        danger(policy, "", "演习", "无", "");

        assertThat(lines())
                .containsExactly(
                        "reading.xlsx 危险筛查!F3: DANGER_WITHOUT_RELAY: Somebody is in danger now (\"现在\"), and no emergency"
                                + " line is named. Name the lines to relay to, or write 可能 so that a person looks at it at"
                                + " once.",
                        "reading.xlsx 危险筛查!F4: RELAY_WITHOUT_DANGER: Nothing is relayed where there is only possible danger"
                                + " (\"可能\"): a person looks at it at once. Empty the cell, or write 现在 into the column"
                                + " 危险.",
                        "reading.xlsx 危险筛查!E5: SCREEN_WITHOUT_DANGER: A row of the screen that says \"无\" does nothing."
                                + " Delete the row. Words by which there is no danger belong to 语境, sentences without"
                                + " danger to 例句.");
    }

    @Test
    void only_what_is_missing_where_somebody_is_in_danger_or_what_words_count_for_is_an_error() {
        assertThat(CODES.stream().filter(Code::isError))
                .containsExactlyInAnyOrder(Code.DANGER_WITHOUT_RELAY, Code.CUE_WITHOUT_EVENT_TYPE);
    }

    // ———— Examples ————

    @Test
    void a_sentence_that_stands_for_two_things_is_told_at_the_second() {
        example(policy, "井盖，不见了！", "路面坑洞");
        example(policy, "坑洞里全是水", "路面坑洞");

        assertThat(lines())
                .containsExactly("reading.xlsx 例句!B12: EXAMPLE_CONTRADICTED: \"井盖，不见了！\" stands for 路面坑洞，无 here and for"
                        + " 井盖破损，无 in B6. Keep the row that is right and delete the other.");
    }

    @Test
    void an_event_type_with_few_examples_and_no_word_that_decides_is_told_in_the_vocabulary() {
        policy.row("vocabulary.xlsx", "事项", "NOISE", "噪声扰民", "生活", "公共", "邻里", "事件", "否")
                .row("routing.xlsx", "派单目录", "D-4", "噪声扰民", "主办局", "", "部门", "", "三定方案", "有出处", "", "");
        example(policy, "半夜还在放音响", "噪声扰民");
        cue(policy, "音响", "", "", "噪声扰民", "佐证");

        assertThat(lines())
                .containsExactly(
                        "vocabulary.xlsx 事项!B7: EVENT_TYPE_WITHOUT_EXAMPLE: Examples of \"噪声扰民\": 1, fewer than 3,"
                                + " and no word decides for it, so hardly any everyday sentence reaches it. Put into 例句 how"
                                + " people would say it, or into 词语 a word that decides for it.");
    }

    @Test
    void where_texts_are_only_screened_for_danger_nobody_asks_for_examples() {
        policy.row("vocabulary.xlsx", "事项", "NOISE", "噪声扰民", "生活", "公共", "邻里", "事件", "否")
                .row("routing.xlsx", "派单目录", "D-4", "噪声扰民", "主办局", "", "部门", "", "三定方案", "有出处", "", "")
                .cell("reading.xlsx 研读门槛!B3", "否");

        assertThat(lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_word_that_decides_or_a_row_of_the_screen_reaches_an_event_type(boolean byWord) {
        policy.row("vocabulary.xlsx", "事项", "NOISE", "噪声扰民", "生活", "公共", "邻里", "事件", "否")
                .row("routing.xlsx", "派单目录", "D-4", "噪声扰民", "主办局", "", "部门", "", "三定方案", "有出处", "", "");
        if (byWord) {
            cue(policy, "音响", "", "", "噪声扰民", "决定");
        } else {
            policy.row(FILE, "危险筛查", id(), "", "震耳", "分句", "可能", "", "噪声扰民", "", "用语", "推定");
        }

        assertThat(lines()).isEmpty();
    }

    @Test
    void examples_that_the_others_read_as_something_else_are_counted_for_each_event_type() {
        example(policy, "井盖不见了", "井盖破损", 2);
        example(policy, "井盖碎了一角", "井盖破损", 2);
        example(policy, "井盖晃得厉害", "井盖破损", 2);
        example(policy, "东头井盖不见了", "邻里纠纷");
        example(policy, "西边井盖碎了一角", "邻里纠纷");
        example(policy, "门口井盖晃得厉害", "邻里纠纷");
        example(policy, "为点小事争吵起来", "邻里纠纷");

        assertThat(lines())
                .containsExactly("reading.xlsx 例句!B18: EXAMPLES_READ_OTHERWISE: 3 of 4 examples of \"邻里纠纷\" would be"
                        + " read as something else if they were not examples themselves: 井盖破损 3 (18、19、20). (It has"
                        + " 4 examples; so many of them were looked at, evenly spread.) Look whether these rows name the right"
                        + " event type. If they do, add examples that show how the two differ.");
    }

    @Test
    void of_one_kind_of_finding_twenty_are_told_and_the_others_counted() {
        for (int i = 0; i < 23; i++) {
            danger(policy, "", "冒烟" + i, "可能", "急救专线");
        }

        assertThat(lines())
                .hasSize(21)
                .last()
                .asString()
                .endsWith("There are 3 more problems of the kind"
                        + " RELAY_WITHOUT_DANGER here. Mend the first ones: the others often have the same cause.");
    }

    // ———— Duties and limits ————

    @Test
    void a_body_that_leads_is_not_among_those_that_assist_it() {
        policy.cell("routing.xlsx 派单目录!D3", "协办局、主办局");

        assertThat(lines())
                .containsExactly("routing.xlsx 派单目录!D3: LEAD_ASSISTS_ITSELF: \"主办局\" leads and assists itself. Take it"
                        + " out of this cell.");
    }

    @ParameterizedTest
    @CsvSource({
        "24 小时, ",
        "25 小时, ''",
        "20 小时 08:00~20:00, ' (2026-03-02 18:00 → 2026-03-04 14:00)'",
        "2 小时 08:00~20:00, ", // it sleeps for a night at most
        "1 天, ",
        "2 天, ''",
        "1 工作时, ' (2026-03-06 18:00 → 2026-03-09 09:30)'",
        "9 工作时, ' (2026-03-06 09:00 → 2026-03-09 09:00)'",
        "10 工作时, ' (2026-03-05 18:00 → 2026-03-09 09:30)'",
        "1 工作日, ' (2026-03-06 09:00 → 2026-03-09 17:30)'",
        "2 工作日, ' (2026-03-05 09:00 → 2026-03-09 17:30)'",
    })
    void the_first_stage_of_what_is_most_urgent_may_take_a_day_at_most_over_nights_and_weekends(
            String limit, @Nullable String longest) {
        policy.cell("routing.xlsx 阶段时限!E3", limit);

        assertThat(lines())
                .isEqualTo(
                        longest != null
                                ? List.of("routing.xlsx 阶段时限!E3: SLOW_WHEN_URGENT: Even when the urgency is \"紧急\", the"
                                        + " first stage, \"围护\", may take " + limit + ", which can be more than a day"
                                        + longest
                                        + ": 路面坑洞、井盖破损、其他道路问题、邻里纠纷. Limits in working time stand still at night, on"
                                        + " weekends and holidays. Add a row for \"紧急\" with a limit of a day at most by the"
                                        + " clock (小时), or ask in this row's 紧急程度 for anything but \"紧急\".")
                                : List.of());
    }

    @Test
    void a_slow_first_stage_of_what_is_not_most_urgent_or_beside_a_quick_one_is_none() {
        policy.cell("routing.xlsx 阶段时限!E3", "5 工作日")
                .row("routing.xlsx", "阶段时限", "L-3", "紧急", "1", "先期处置", "2 小时", "交办", "办法", "有出处");

        assertThat(lines()).isEmpty();

        policy.cell("routing.xlsx 阶段时限!B5", "").cell("routing.xlsx 阶段时限!B3", "普通");

        assertThat(lines()).isEmpty();
    }

    @Test
    void only_event_types_that_can_become_most_urgent_are_named() {
        policy.cell("routing.xlsx 阶段时限!E3", "5 工作日")
                .sheet(
                        "routing.xlsx",
                        "紧急程度",
                        new String[] {"编号 Id", "事项 Event type", "紧急程度 Urgency", "依据 Source", "状态 Status"},
                        new String[] {"U-1", "邻里纠纷", "普通", "标准", "有出处"},
                        new String[] {"U-2", "邻里纠纷、井盖破损", "紧急", "标准", "有出处"},
                        new String[] {"U-3", "", "普通", "标准", "有出处"});

        assertThat(lines())
                .containsExactly("routing.xlsx 阶段时限!E3: SLOW_WHEN_URGENT: Even when the urgency is \"紧急\", the first"
                        + " stage, \"围护\", may take 5 工作日, which can be more than a day (2026-03-02 09:00 →"
                        + " 2026-03-09 17:30): 井盖破损. Limits in working time stand still at night, on weekends and"
                        + " holidays. Add a row for \"紧急\" with a limit of a day at most by the clock (小时), or ask in"
                        + " this row's 紧急程度 for anything but \"紧急\".");
    }

    // ———— What every table is looked at for ————

    @Test
    void rows_of_direct_answers_and_referrals_that_can_never_apply_are_told_as_in_every_table() {
        policy.sheet(
                        FILE,
                        "告知途径",
                        new String[] {
                            "编号 Id",
                            "事项 Event type",
                            "类别 Category",
                            "受理单位 Channel",
                            "告知用语 Words to say",
                            "保护举报人 Protect informant",
                            "依据 Source",
                            "状态 Status"
                        },
                        new String[] {"F-1", "路面坑洞", "生活", "主办局", "请拨打热线", "否", "办法", "有出处"})
                .sheet(
                        FILE,
                        "直办",
                        new String[] {
                            "编号 Id",
                            "事项 Event type",
                            "类别 Category",
                            "答复单位 Answered by",
                            "知识条目 Knowledge entry",
                            "时限 Limit",
                            "依据 Source",
                            "状态 Status"
                        },
                        new String[] {"A-1", "路面坑洞", "生活", "主办局", "", "2 工作日", "办法", "有出处"});

        assertThat(PolicyCheck.of(policy.files(), TinyPolicy.TODAY).problems().stream()
                        .filter(problem -> problem.code() == Code.IMPOSSIBLE_CONDITION)
                        .map(problem -> problem.at() + ": " + problem.message(Locale.ENGLISH)))
                .containsExactly(
                        "reading.xlsx 告知途径!C3: Nothing can meet \"事项 路面坑洞，类别 生活\", so this row never applies.",
                        "reading.xlsx 直办!C3: Nothing can meet \"事项 路面坑洞，类别 生活\", so this row never applies.");
    }
}
