package liandong.routing.evaluation;

import java.util.Arrays;
import java.util.stream.Stream;
import liandong.policy.TinyPolicy;

/** A policy of a few rows that reads texts by words and example sentences. */
public final class ReadingPolicy {
    private static final String FILE = "reading.xlsx";

    private ReadingPolicy() {}

    /**
     * The policy.
     *
     * @param examples sentences, each followed by its event type
     */
    public static TinyPolicy with(String... examples) {
        TinyPolicy policy = TinyPolicy.complete().byLaw();
        policy.sheet("vocabulary.xlsx", "诉求性质", row("代码 Code", "名称 Label"), row("HELP", "求助"), row("COMPLAINT", "投诉"));
        policy.raw(
                FILE,
                "说明",
                row("测试用"),
                row("工作表 Sheet", "命中方式 Hit policy"),
                row("危险筛查", "全部适用"),
                row("语境", "全部适用"),
                row("写法", "全部适用"),
                row("词语", "全部适用"),
                row("例句", "全部适用"),
                row("性质词", "全部适用"),
                row("研读门槛", "首行命中"),
                row("直办", "首行命中"),
                row("告知途径", "首行命中"),
                row("研判分派", "全部适用"));
        policy.sheet(
                FILE,
                "危险筛查",
                ruled("谁或何处 Who", "何种情形 What", "范围 Within", "危险 Danger", "转接单位 Relay to", "事项 Event type", "问明 Ask"),
                rested("X-1", "", "有人落水", "全文", "可能", "", "", "人在哪里"));
        policy.sheet(FILE, "语境", ruled("词语 Words", "作用 Effect", "范围 Within", "间隔 Reach"));
        policy.sheet(FILE, "写法", ruled("写作 Written", "读作 Read as"));
        policy.sheet(
                FILE,
                "词语",
                ruled("词语 Words", "同句另含 With", "间隔 Distance", "除非 Unless", "事项 Event type", "作用 Role"),
                rested("CUE-1", "坑洞、塌陷", "", "", "", "路面坑洞", "决定"),
                rested("CUE-2", "井盖", "", "", "", "井盖破损", "佐证"));
        String[][] sentences = Stream.iterate(0, at -> at < examples.length, at -> at + 2)
                .map(at -> rested("EX-" + (at / 2 + 1), examples[at], examples[at + 1], "无", ""))
                .toArray(String[][]::new);
        policy.sheet(
                FILE,
                "例句",
                Stream.concat(
                                Stream.<String[]>of(ruled("例句 Sentence", "事项 Event type", "危险 Danger", "诉求性质 Nature")),
                                Arrays.stream(sentences))
                        .toArray(String[][]::new));
        policy.sheet(FILE, "性质词", ruled("词语 Words", "位置 Place", "诉求性质 Nature"));
        policy.sheet(
                FILE,
                "研读门槛",
                ruled(
                        "认定事项 Finds event type",
                        "单句分 Single",
                        "决定分 Decides",
                        "佐证分 Supports",
                        "词语上限 Words at most",
                        "最低得分 Minimum",
                        "最低领先 Lead",
                        "转接占比 Relay",
                        "危险占比 Danger",
                        "解除后占比 Lifted",
                        "邻近例句 Nearest"),
                rested("RDG-1", "是", "200", "300", "100", "300", "100", "10", "0", "50", "90", "5"));
        policy.sheet(FILE, "直办", ruled("诉求性质 Nature", "答复单位 Answered by", "知识条目 Knowledge entry", "时限 Limit"));
        policy.sheet(FILE, "告知途径", ruled("事项 Event type", "受理单位 Channel", "告知用语 Words", "保护举报人 Protect"));
        policy.sheet(FILE, "研判分派", ruled("原因 Reason", "队列 Queue", "研判单位 Judged by", "紧急程度 Urgency", "时限 Limit"));
        return policy;
    }

    private static String[] row(String... cells) {
        return cells;
    }

    private static String[] ruled(String... own) {
        return around("编号 Id", own, "依据 Basis", "状态 Status");
    }

    private static String[] rested(String id, String... own) {
        return around(id, own, "试行", "推定");
    }

    private static String[] around(String id, String[] own, String... last) {
        return Stream.of(Stream.of(id), Arrays.stream(own), Arrays.stream(last))
                .flatMap(each -> each)
                .toArray(String[]::new);
    }
}
