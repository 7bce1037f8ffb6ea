package liandong.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import liandong.problem.Problem;
import org.junit.jupiter.api.Test;

/** A label that was changed in the vocabulary alone is one finding, where it was changed. */
class RenamedLabelTest {
    @Test
    void a_label_changed_to_a_like_one_is_told_at_the_word_and_not_at_each_cell() {
        List<Problem> problems = TinyPolicy.withOneRule()
                .cell("vocabulary.xlsx 单位!B3", "主办局（本级）")
                .problems();

        assertThat(problems)
                .extracting(problem -> problem.line(Locale.ENGLISH))
                .containsExactly(
                        "vocabulary.xlsx 单位!B3: RENAMED_LABEL: The label of LEAD is \"主办局（本级）\", which no cell names, while 2"
                                + " cells name \"主办局\", which is none: routing.xlsx 派单目录!C3、routing.xlsx 派单目录!C5. Change the label"
                                + " back to \"主办局\" and give it the new one with the command \"rename\", which changes the cells"
                                + " too; or write \"主办局（本级）\" into them.");
        assertThat(problems.get(0).line(Locale.CHINESE))
                .isEqualTo(
                        "vocabulary.xlsx 单位!B3: RENAMED_LABEL: LEAD 的名称是“主办局（本级）”，没有单元格用到它；却有 2 个单元格仍写着名录里没有的“主办局”："
                                + "routing.xlsx 派单目录!C3、routing.xlsx 派单目录!C5。 请先把名称改回“主办局”，再用命令 rename 改名，各单元格会一并改动；或者把这些单元格改写成“主办局（本级）”。");
    }

    @Test
    void a_label_changed_to_another_altogether_is_told_when_many_cells_name_the_former_one_and_none_any_other() {
        List<Problem> problems = TinyPolicy.withOneRule()
                .cell("vocabulary.xlsx 事项!B6", "居民矛盾")
                .row("routing.xlsx", "关键词", "K-5", "吵架", "邻里纠纷", "8", "试行", "待确认")
                .row("routing.xlsx", "关键词", "K-6", "打架", "邻里纠纷", "8", "试行", "待确认")
                .problems();

        assertThat(problems)
                .extracting(problem -> problem.at() + " " + problem.code() + " " + problem.args())
                .containsExactly("vocabulary.xlsx 事项!B6 RENAMED_LABEL [QUARREL, 居民矛盾, 邻里纠纷, 4, "
                        + "routing.xlsx 关键词!C6、routing.xlsx 关键词!C7、routing.xlsx 关键词!C8…]");
    }

    @Test
    void a_label_that_only_other_words_of_the_vocabulary_name_is_told_like_any_other() {
        List<Problem> problems =
                TinyPolicy.withOneRule().cell("vocabulary.xlsx 主题!B3", "交通").problems();

        assertThat(problems)
                .extracting(problem -> problem.at() + " " + problem.code() + " " + problem.args())
                .containsExactly("vocabulary.xlsx 主题!B3 RENAMED_LABEL [ROADS, 交通, 道路, 3, "
                        + "vocabulary.xlsx 事项!E3、vocabulary.xlsx 事项!E4、vocabulary.xlsx 事项!E5]");
    }

    @Test
    void a_name_mistyped_in_cells_is_told_at_them_while_other_cells_name_the_word() {
        List<Problem> problems = TinyPolicy.withOneRule()
                .cell("routing.xlsx 派单目录!C3", "主办剧")
                .cell("routing.xlsx 派单目录!D4", "主办剧")
                .problems();

        assertThat(problems)
                .extracting(problem -> problem.at() + " " + problem.code())
                .containsExactly("routing.xlsx 派单目录!C3 MISTYPED_LABEL", "routing.xlsx 派单目录!D4 MISTYPED_LABEL");
    }

    @Test
    void a_name_that_several_idle_words_may_have_had_is_told_at_its_cells() {
        List<Problem> problems = TinyPolicy.withOneRule()
                .cell("vocabulary.xlsx 事项!B6", "居民矛盾")
                .row("vocabulary.xlsx", "事项", "NOISE", "噪声", "生活", "公共", "邻里", "事件", "否")
                .row("routing.xlsx", "关键词", "K-5", "吵架", "邻里纠纷", "8", "试行", "待确认")
                .problems();

        assertThat(problems)
                .extracting(problem -> problem.at() + " " + problem.code())
                .containsExactly(
                        "routing.xlsx 关键词!C6 UNKNOWN_LABEL",
                        "routing.xlsx 关键词!C7 UNKNOWN_LABEL",
                        "routing.xlsx 派单目录!B5 UNKNOWN_LABEL");
    }
}
