package liandong.routing.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import liandong.cli.terminal.CommandFailure;
import liandong.explain.Phrases;
import liandong.incident.Danger;
import liandong.incident.EventType;
import liandong.policy.Policy;
import liandong.routing.CueRole;
import liandong.routing.CueRow;
import liandong.routing.ExampleRow;
import liandong.routing.KeywordRow;
import liandong.routing.evaluation.Measured.Vote;
import liandong.table.Table;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;

/** Words and example sentences of a policy that reads texts: what is proposed, and what folds leave out. */
class ReadTextsTest {
    private static final Policy POLICY = ReadingPolicy.with(
                    "桥头那块地凹下去一大截", "路面坑洞", "窨井的铁板翘起来了", "井盖破损", "楼上楼下天天吵", "邻里纠纷", "联系13800001111，路沉下去了", "路面坑洞")
            .load();
    private static final EventType HOLE =
            Objects.requireNonNull(POLICY.vocabulary().find(EventType.class, "HOLE"));
    private static final EventType LID =
            Objects.requireNonNull(POLICY.vocabulary().find(EventType.class, "LID"));

    private static LabelledText text(int number, String text, EventType type) {
        Map<Part, Wanted> wanted = new EnumMap<>(Part.class);
        wanted.put(Part.EVENT_TYPE, new Wanted(List.of(Word.of(type))));
        return new LabelledText(number, number, text, Json.object(), "", true, wanted);
    }

    private static List<String> sentences(Policy policy) {
        return Objects.requireNonNull(policy.table(ExampleRow.class)).rows().stream()
                .map(ExampleRow::sentence)
                .toList();
    }

    @Test
    void example_sentences_that_are_texts_of_a_fold_are_left_out_of_its_policy_and_of_no_other() {
        List<LabelledText> texts = List.of(
                text(2, "桥头那块地，凹下去一大截！", HOLE),
                text(3, "窨井的铁板翘起来了", LID),
                text(4, "联系139 0000 2222，路沉下去了", HOLE),
                text(5, "路灯下的井没有盖", LID));
        var folds = new Folds(POLICY, texts, 4, 1);
        List<String> all = sentences(POLICY);

        assertThat(folds.heldOut()).isEqualTo(3);
        for (int fold = 0; fold < 4; fold++) {
            Set<Integer> numbers = Set.of(folds.in(fold).get(0).number());
            List<String> left = new ArrayList<>(all);
            left.removeIf(sentence -> numbers.contains(List.of(2, 3, 0, 4).get(all.indexOf(sentence))));

            assertThat(sentences(folds.policy(fold))).as("without %s", numbers).isEqualTo(left);
        }
    }

    @Test
    void a_text_of_signs_alone_or_of_a_word_of_other_columns_leaves_nothing_out() {
        List<LabelledText> texts = List.of(text(2, "？？", HOLE), text(3, "无", HOLE), text(4, "", LID));

        assertThat(new Folds(POLICY, texts, 3, 1).heldOut()).isZero();
    }

    private static Keyword word(String word, EventType type, int own, int others) {
        return new Keyword(word, type, 50, own, others, List.of(new Keyword.Example(2, "…" + word + "…")));
    }

    @Test
    void words_become_rows_that_decide_or_support_and_share_a_row_with_their_like() {
        Table<?> table = WordRows.of(
                        POLICY,
                        List.of(
                                word("凹陷", HOLE, 20, 1),
                                word("大坑", HOLE, 8, 0),
                                word("翻车", HOLE, 7, 0),
                                word("颠簸", HOLE, 40, 3),
                                word("铁板", LID, 8, 0)),
                        "由 m.csv 的 90 条已标注信息统计得出")
                .table();

        assertThat(table.rows())
                .extracting(
                        row -> row.ref().id(),
                        row -> ((CueRow) row).words(),
                        row -> ((CueRow) row).eventType(),
                        row -> ((CueRow) row).role())
                .containsExactly(
                        tuple("CUE-3", List.of("凹陷", "大坑"), HOLE, CueRole.DECIDES),
                        tuple("CUE-4", List.of("翻车", "颠簸"), HOLE, CueRole.SUPPORTS),
                        tuple("CUE-5", List.of("铁板"), LID, CueRole.DECIDES));
        assertThat(table.rows()).allSatisfy(row -> {
            assertThat(row.ref().confirmed()).isFalse();
            assertThat(row.ref().source()).isEqualTo("由 m.csv 的 90 条已标注信息统计得出");
        });
    }

    @Test
    void a_row_has_at_most_eight_words() {
        List<Keyword> words = Stream.of("甲乙丙丁戊己庚辛壬".split(""))
                .map(each -> word(each + each, HOLE, 9, 0))
                .toList();

        assertThat(WordRows.of(POLICY, words, "试算").table().rows())
                .extracting(row -> ((CueRow) row).words().size())
                .containsExactly(8, 1);
    }

    @Test
    void words_learned_from_the_other_folds_take_the_place_of_the_policys() {
        var texts = new ArrayList<LabelledText>();
        for (int i = 0; i < 10; i++) {
            char other = "甲乙丙丁戊己庚辛壬癸".charAt(i);
            texts.add(text(2 + i, other + "凹陷" + other, HOLE));
            texts.add(text(20 + i, other + "铁板" + other, LID));
        }
        var folds = new Folds(POLICY, texts, 2, 1);

        Policy learned = folds.learned(0, new KeywordLearner(2, 40));

        assertThat(Objects.requireNonNull(learned.table(CueRow.class)).rows())
                .extracting(CueRow::words)
                .containsExactlyInAnyOrder(List.of("凹陷"), List.of("铁板"));
        assertThat(learned.table(KeywordRow.class)).isSameAs(POLICY.table(KeywordRow.class));
    }

    @Test
    void what_decided_is_named_by_the_words_of_a_row_and_the_sentence_of_an_example() throws CommandFailure {
        var decider = new Decider("m.csv", POLICY, Instant.parse("2026-03-02T02:00:00Z"), new Phrases(Locale.CHINESE));

        Measured read = Objects.requireNonNull(decider.decide(
                text(2, "桥头那块地有塌陷和坑洞", HOLE), problems -> assertThat(problems).isEmpty()));

        assertThat(read.answered(Part.EVENT_TYPE)).containsExactly(Word.of(HOLE));
        assertThat(read.votes())
                .containsExactly(
                        new Vote("CUE-1", "词语", List.of("坑洞", "塌陷"), 0),
                        new Vote("EX-1", "例句", List.of("桥头那块地凹下去一大截"), 0));
        assertThat(read.candidates().get(0)).isEqualTo(Word.of(HOLE));
    }

    @Test
    void words_that_a_policy_has_are_known_by_their_event_type_in_whatever_spelling() {
        assertThat(WordRows.present(POLICY))
                .containsExactlyInAnyOrder(WordRows.key("坑洞", HOLE), WordRows.key("塌陷", HOLE), WordRows.key("井蓋", LID));
    }

    @Test
    void an_example_has_no_number_of_a_person_in_it_and_is_no_longer_than_needed() {
        assertThat(ExampleText.of("张阿姨 138-0000-1111\n身份证33010219900101123X，3幢2单元501，欠 4500 元，2026年"))
                .isEqualTo("张阿姨 ＊ 身份证＊，3幢2单元501，欠 4500 元，2026年");
        assertThat(ExampleText.of("电话１３８００００１１１１或0571－8780 1234，12345不管")).isEqualTo("电话＊或＊，12345不管");
        assertThat(ExampleText.of("路".repeat(200))).isEqualTo("路".repeat(120));
        assertThat(ExampleText.of("路".repeat(119) + "😀😀")).isEqualTo("路".repeat(119));
    }

    @Test
    void an_example_is_compared_as_the_text_that_it_was_taken_from() {
        for (String text : List.of("电话13800001111，路坏了", "路".repeat(200), "？？", "窨井蓋 壞了。")) {
            assertThat(ExampleText.key(ExampleText.of(text))).isEqualTo(ExampleText.key(text));
        }
        assertThat(ExampleText.key("窨井蓋 壞了。")).isEqualTo("窨井盖坏了");
    }

    private static Measured read(
            int number, String text, EventType label, String outcome, String reason, Word... said) {
        Map<Part, List<Word>> answer = new EnumMap<>(Part.class);
        answer.put(Part.EVENT_TYPE, outcome.equals("MANUAL_TRIAGE") ? List.of() : List.of(said));
        answer.put(Part.DANGER, List.of(Word.of(Danger.NO)));
        var end = new Word(outcome, outcome.equals("MANUAL_TRIAGE") ? "人工研判" : "交办");
        return new Measured(text(number, text, label), end, reason, answer, false, List.of(said), List.of());
    }

    @Test
    void texts_that_are_read_otherwise_or_left_to_a_person_become_examples() {
        var examples = new ExampleRows(POLICY, "取自 m.csv 的 5 条已标注信息");

        examples.take(read(2, "路上有个坑", HOLE, "ASSIGNED", "", Word.of(HOLE)), Part.EVENT_TYPE, HOLE);
        examples.take(read(3, "地陷了，电话13800001111", HOLE, "ASSIGNED", "", Word.of(LID)), Part.EVENT_TYPE, HOLE);
        examples.take(read(4, "铁板响", LID, "MANUAL_TRIAGE", "LOW_CONFIDENCE", Word.of(HOLE)), Part.EVENT_TYPE, LID);
        examples.take(read(5, "铁板响！", LID, "MANUAL_TRIAGE", "TIE"), Part.EVENT_TYPE, LID);
        examples.take(read(6, "窨井的铁板翘起来了", LID, "MANUAL_TRIAGE", "TIE"), Part.EVENT_TYPE, LID);

        Table<ExampleRow> table = examples.rows().table();
        assertThat(table.rows())
                .extracting(row -> row.ref().id(), ExampleRow::sentence, ExampleRow::eventType, ExampleRow::danger)
                .containsExactly(tuple("EX-5", "地陷了，电话＊", HOLE, Danger.NO), tuple("EX-6", "铁板响", LID, Danger.NO));
        assertThat(table.rows())
                .allSatisfy(row -> assertThat(row.ref().confirmed()).isFalse());
    }

    @Test
    void an_example_says_what_its_text_was_read_as() throws IOException {
        var examples = new ExampleRows(POLICY, "取自 m.csv");
        examples.take(read(3, "地陷了", HOLE, "ASSIGNED", "", Word.of(LID)), Part.EVENT_TYPE, HOLE);
        examples.take(read(4, "铁板响", LID, "MANUAL_TRIAGE", "LOW_CONFIDENCE", Word.of(HOLE)), Part.EVENT_TYPE, LID);

        assertThat(examples.rows().csv()).isEqualTo("""
                编号 Id,例句 Sentence,事项 Event type,危险 Danger,诉求性质 Nature,依据 Basis,状态 Status,生效 From,失效 Until,备注 Note
                EX-5,地陷了,路面坑洞,无,,取自 m.csv,推定,,,第 3 行，研读为“井盖破损”；危险照研读结果填写，须核定
                EX-6,铁板响,井盖破损,无,,取自 m.csv,推定,,,第 4 行，人工研判（依据不足），最接近“路面坑洞”；危险照研读结果填写，须核定
                """);
    }
}
