package liandong.meaning;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import liandong.incident.Member;
import liandong.incident.Term;
import liandong.publication.PolicyJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What two policies mean differently: by table, and by decision, which facts they treat differently, how, and an example of
 * each.
 *
 * <p>Where it says that something is the same, that was shown for every class of facts, within the {@link Bound}s it names.
 *
 * @param from the hash of the former content
 * @param to the hash of the later content
 * @param day the first day that was looked at
 * @param complete whether every class of facts was decided
 * @param tables the tables that conclude differently
 * @param decisions the decisions whose facts could be made
 */
public record Meaning(
        @Member(meaning = "the hash of the old content", example = PolicyJson.HASH)
        String from,

        @Member(meaning = "the hash of the new content", example = PolicyJson.HASH)
        String to,

        @Member(meaning = "the first day that was looked at", example = "\"2026-12-01\"")
        LocalDate day,

        @Member(meaning = "whether everything that the comparison covers was compared before its time was up")
        boolean complete,

        @Member(meaning = "the tables that conclude differently of some facts")
        List<TableMeaning> tables,

        @Member(meaning = "the decisions that were compared as a whole")
        List<DecisionMeaning> decisions) {

    /** Whether it is shown that nothing differs, within {@link Bound#TEXTS_BY_EXAMPLE}. */
    public boolean same() {
        return tables.isEmpty() && decisions.stream().allMatch(each -> each.result() == Result.SAME);
    }

    /**
     * A table that concludes differently.
     *
     * @param file the workbook
     * @param sheet the sheet
     * @param classes how many classes of facts were told apart near what differs
     * @param complete whether all of them were
     * @param regions the facts, few that are alike in what changes for them together
     * @param more how many regions there are besides
     */
    public record TableMeaning(
            @Member(meaning = "the workbook", example = "\"routing.xlsx\"")
            String file,

            @Member(meaning = "the sheet", example = "\"派单目录\"")
            String sheet,

            @Member(meaning = "how many classes of facts were told apart near what differs", example = "12")
            long classes,

            @Member(meaning = "whether all of them were compared, and every difference between texts seen")
            boolean complete,

            @Member(meaning = "the facts of which it concludes differently")
            List<TableRegion> regions,

            @Member(meaning = "how many such regions there are besides", example = "0")
            int more) {}

    /**
     * Facts of which a table concludes differently, all in one way.
     *
     * @param where the facts; empty for all
     * @param changes what is concluded otherwise; empty where other numbers of rows count
     * @param before the rows that count in the former version
     * @param after the rows that count in the later version
     */
    public record TableRegion(
            @Member(meaning = "the facts, each with what it is; empty for all facts")
            List<Where> where,

            @Member(meaning = "what is concluded otherwise; empty where not one row counts before and after")
            List<Change> changes,

            @Member(meaning = "the rows that count in the old version, at most five")
            List<RowAt> before,

            @Member(meaning = "the rows that count in the new version, at most five")
            List<RowAt> after) {}

    /**
     * A decision, compared as a whole.
     *
     * @param decision its code
     * @param label what staff call it
     * @param result how the comparison ended
     * @param classes how many classes of facts were decided under both policies
     * @param differing how many of them differ
     * @param same how many kinds of the first attribute were shown to be the same without deciding any
     * @param parts into how many parts the comparison was divided
     * @param left how many of them were not finished
     * @param unusual how few unusual facts one of those left has: with fewer, everything was compared
     * @param regions the facts that are decided differently
     * @param more how many regions there are besides
     * @param texts texts of which nothing but the words is known, and that are decided differently
     * @param textsAsked how many texts were decided
     * @param bounds what the comparison does not cover
     */
    public record DecisionMeaning(
            @Member(meaning = "its code", example = "\"ROUTING\"")
            String decision,

            @Member(meaning = "what staff call it", example = "\"研判交办\"")
            String label,

            @Member(meaning = "how the comparison ended") Result result,

            @Member(meaning = "how many classes of facts were decided under both policies", example = "1152")
            long classes,

            @Member(meaning = "how many of them are decided differently", example = "96")
            long differing,

            @Member(
                    meaning =
                            "how many event types are the same by construction: nothing that differs can concern them",
                    example = "224")
            int same,

            @Member(
                    meaning = "how many parts the comparison was divided into: the event types that are not the same by"
                            + " construction, by what rules may look at themselves",
                    example = "192")
            int parts,

            @Member(meaning = "how many of these parts were not finished when the time was up", example = "0")
            int left,

            @Member(
                    meaning = "of the parts left, the least number of unusual facts (a matter settled, elsewhere, open"
                            + " already, dangerous…): with fewer, everything was compared; 0 when nothing is left or the"
                            + " usual was not finished",
                    example = "0")
            int unusual,

            @Member(meaning = "the facts that are decided differently, most classes first")
            List<Region> regions,

            @Member(meaning = "how many such regions there are besides", example = "0")
            int more,

            @Member(meaning = "texts without an event type that are decided differently, at most twenty")
            List<TextChange> texts,

            @Member(
                    meaning = "how many such texts were decided under both policies; never all there are",
                    example = "40")
            int textsAsked,

            @Member(meaning = "what the comparison does not cover")
            List<Bound> bounds) {}

    /** How the comparison of a decision ended. */
    public enum Result implements Term {
        /** Every class is decided alike: no difference. */
        SAME("没有差别"),
        /** No difference was found, but not all could be compared, as the bounds say: that proves nothing. */
        NONE_FOUND("未见差别，但未能全部比对"),
        /** Some are decided differently. */
        DIFFERENT("有差别"),
        /** The time was up before all classes were compared. */
        UNFINISHED("未比完");

        private final String label;

        Result(String label) {
            this.label = label;
        }

        @Override
        public String code() {
            return name();
        }

        @Override
        public String label() {
            return label;
        }
    }

    /** What a comparison does not cover. */
    public enum Bound implements Term {
        /** Texts stand for others by the words that tables look for and by the danger that they tell of. */
        TEXTS_BY_EXAMPLE("正文只按表格所列词语和险情举例比对"),
        /** Words or sentences by which texts are read differ, and were compared by examples only. */
        READING_DIFFERS("正文研读的词语、例句有改动，只举例比对"),
        /** The rules differ, so that no class is the same by construction. */
        RULES_DIFFER("规则有改动，逐类比对"),
        /** The calendars differ; due times were compared at noon of one day of each period only. */
        CALENDAR_DIFFERS("日历有改动，到期时间只在每段的一天正午比对"),
        /** Words of the vocabulary differ: what only one policy knows was not compared. */
        VOCABULARY_DIFFERS("词汇表有改动，只有一方有的标签未比对"),
        /** Rules ask for the time of a report by themselves, which was compared at one moment only. */
        RULES_ASK_TIME("规则自行判断上报时间，只按一个时刻比对"),
        /** Some classes of facts could not be made as a request. */
        NOT_MADE("有的情形无法组成请求，未比对"),
        /** So many boxes differ that some were not kept. */
        TOO_MANY("差别太多，未全部列出");

        private final String label;

        Bound(String label) {
            this.label = label;
        }

        /** Whether no difference that was found is a proof all the same. */
        boolean leavesProof() {
            return this == TEXTS_BY_EXAMPLE || this == RULES_DIFFER;
        }

        /** Whether something that the comparison covers was left out. */
        boolean leavesOut() {
            return this == NOT_MADE || this == TOO_MANY;
        }

        @Override
        public String code() {
            return name();
        }

        @Override
        public String label() {
            return label;
        }
    }

    /**
     * Facts that are decided differently, all in one way.
     *
     * @param where the facts; empty for all
     * @param changes what the answer says otherwise
     * @param before the rows that are reasons only in the former policy
     * @param after the rows that are reasons only in the later policy
     * @param classes how many classes of facts it holds
     * @param witness an example of it
     */
    public record Region(
            @Member(meaning = "the facts, each with what it is; empty for all facts")
            List<Where> where,

            @Member(meaning = "what the answer says otherwise")
            List<Change> changes,

            @Member(meaning = "rows that are reasons only under the old policy, at most five")
            List<RowAt> before,

            @Member(meaning = "rows that are reasons only under the new policy, at most five")
            List<RowAt> after,

            @Member(meaning = "how many classes of facts it holds", example = "48")
            long classes,

            @Member(meaning = "a request that is decided differently, ready to be sent") @Nullable
            Witness witness) {}

    /**
     * One request that is decided differently.
     *
     * @param request the request
     * @param scenario the same as a row of a scenario workbook that expects the later answer, by header
     */
    public record Witness(
            @Member(meaning = "the request, ready to be sent")
            JsonNode request,

            @Member(
                    meaning = "the same as a row of a scenario workbook, by header; it expects the new answer",
                    example = "{\"事项\": \"路面坑洞\"}")
            @Nullable
            Map<String, String> scenario) {}

    /**
     * A text that is decided differently.
     *
     * @param text the text
     * @param changes what the answer says otherwise
     */
    public record TextChange(
            @Member(meaning = "the text", example = "\"路面有坑\"")
            String text,

            @Member(meaning = "what the answer says otherwise")
            List<Change> changes) {}

    /**
     * A fact and what it is.
     *
     * @param name its Chinese name; empty for the day of the decision
     * @param is what it is, e.g. {@code "≥3"}
     */
    public record Where(
            @Member(meaning = "the column's Chinese name; empty for the day of the decision", example = "\"死亡人数\"")
            String name,

            @Member(meaning = "what it is", example = "\"≥3\"")
            String is) {}

    /**
     * A part of an answer or a column of a row that says something else.
     *
     * @param part what it is called
     * @param before what it said; empty for nothing
     * @param after what it says; empty for nothing
     */
    public record Change(
            @Member(meaning = "the part of the answer, or the column", example = "\"牵头 Lead\"")
            String part,

            @Member(meaning = "what it said; empty for nothing", example = "\"区应急管理局\"")
            String before,

            @Member(meaning = "what it says; empty for nothing", example = "\"区住房和城建局\"")
            String after) {}

    /**
     * A row.
     *
     * @param row its id
     * @param at where it stands
     * @param says what it says
     */
    public record RowAt(
            @Member(meaning = "its id", example = "\"DUTY-0086\"")
            String row,

            @Member(meaning = "where it stands", example = "\"routing.xlsx 派单目录!A88\"")
            String at,

            @Member(meaning = "what it says in one line", example = "\"邻里纠纷 → 社区\"")
            String says) {}
}
