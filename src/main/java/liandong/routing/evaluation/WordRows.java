package liandong.routing.evaluation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import liandong.incident.EventType;
import liandong.policy.Policy;
import liandong.reading.TextForm;
import liandong.routing.CueRole;
import liandong.routing.CueRow;
import liandong.routing.KeywordRow;
import liandong.routing.ReadingRow;
import liandong.table.Table;

/**
 * Words that speak for event types as rows of a policy: of 词语 where the policy reads texts, and of 关键词 where it has them
 * voted on.
 */
final class WordRows {
    /** Most words of one row. */
    private static final int TOGETHER = 8;
    /** From which share of its texts on, and in how many texts of the event type, a word decides. */
    private static final double DECIDES = 0.95;

    private static final int DECIDES_IN = 8;

    private static final ProposedRows.Layout KEYWORDS = new ProposedRows.Layout(
            "关键词",
            "关键词 Keywords：由已标注信息统计得出，逐行认可后并入政策；不认可的删去",
            List.of("正文含 Text contains", "事项 Event type", "分值 Points"),
            List.of(12, 21, 25, 9, 46, 10, 11, 11, 60),
            "KW-00000");

    private static final ProposedRows.Layout CUES = new ProposedRows.Layout(
            "词语",
            "词语 Words：由已标注信息统计得出，逐词认可后并入政策；不认可的词、行删去",
            List.of("词语 Words", "同句另含 And in the clause", "间隔 Distance", "除非 Unless", "事项 Event type", "作用 Role"),
            List.of(12, 50, 20, 10, 20, 25, 9, 46, 10, 11, 11, 60),
            "CUE-00000");

    private WordRows() {}

    /** Whether a policy finds event types by 词语 and 例句, of some texts at least; else keywords vote. */
    static boolean areRead(Policy policy) {
        Table<ReadingRow> thresholds = policy.table(ReadingRow.class);
        return thresholds != null && thresholds.rows().stream().anyMatch(ReadingRow::findsType);
    }

    /**
     * Words as rows.
     *
     * @param policy the policy they are meant for
     * @param words by event type, the surest ones first
     * @param basis what they rest on
     */
    static ProposedRows<?> of(Policy policy, List<Keyword> words, String basis) {
        return areRead(policy) ? cues(policy, words, basis) : keywords(policy, words, basis);
    }

    private static ProposedRows<KeywordRow> keywords(Policy policy, List<Keyword> words, String basis) {
        var rows = new ProposedRows<>(policy, KeywordRow.class, KEYWORDS);
        for (Keyword word : words) {
            String examples = word.examples().stream()
                    .map(example -> "第 " + example.row() + " 行“" + example.excerpt() + "”")
                    .collect(Collectors.joining("，"));
            rows.add(
                    List.of(word.word(), word.type().label(), word.points()),
                    basis,
                    "本事项 " + word.own() + " 条，其他事项 " + word.others() + " 条；例：" + examples);
        }
        return rows;
    }

    /** Words that say the same of the same event type, some to a row: a row counts once, however many of them stand there. */
    private static ProposedRows<CueRow> cues(Policy policy, List<Keyword> words, String basis) {
        record Same(EventType type, CueRole role) {}
        Map<Same, List<Keyword>> same = new LinkedHashMap<>();
        words.forEach(word -> same.computeIfAbsent(new Same(word.type(), role(word)), each -> new ArrayList<>())
                .add(word));
        var rows = new ProposedRows<>(policy, CueRow.class, CUES);
        same.forEach((of, all) -> {
            for (int from = 0; from < all.size(); from += TOGETHER) {
                List<Keyword> some = all.subList(from, Math.min(all.size(), from + TOGETHER));
                rows.add(
                        List.of(
                                some.stream().map(Keyword::word).collect(Collectors.joining("、")),
                                "",
                                "",
                                "",
                                of.type.label(),
                                of.role.label()),
                        basis,
                        some.stream().map(WordRows::told).collect(Collectors.joining("；")));
            }
        });
        return rows;
    }

    /** A word decides that is hardly ever said of anything else. */
    static CueRole role(Keyword word) {
        double share = (double) word.own() / (word.own() + word.others());
        return word.own() >= DECIDES_IN && share >= DECIDES ? CueRole.DECIDES : CueRole.SUPPORTS;
    }

    private static String told(Keyword word) {
        Keyword.Example first = word.examples().get(0);
        return word.word() + "：本事项 " + word.own() + " 条，其他事项 " + word.others() + " 条，例：第 " + first.row() + " 行“"
                + first.excerpt() + "”";
    }

    /** The words that a policy has already, each as {@link #key}. */
    static Set<String> present(Policy policy) {
        Set<String> present = new HashSet<>();
        Table<KeywordRow> keywords = areRead(policy) ? null : policy.table(KeywordRow.class);
        if (keywords != null) {
            for (int row = 0; row < keywords.rows().size(); row++) {
                EventType type = keywords.rows().get(row).eventType();
                keywords.words(row).forEach(word -> present.add(key(word, type)));
            }
        }
        Table<CueRow> cues = policy.table(CueRow.class);
        if (cues != null) {
            for (CueRow row : cues.rows()) {
                EventType type = row.eventType();
                if (type != null && row.with().isEmpty() && row.unless().isEmpty()) {
                    row.words().forEach(word -> present.add(key(word, type)));
                }
            }
        }
        return present;
    }

    /** A word, however it is written, with the code of the event type that it speaks for. */
    static String key(String word, EventType type) {
        return TextForm.of(word) + " " + type.code();
    }
}
