package liandong.scenario;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.incident.Member;
import liandong.table.NearMiss;
import org.jspecify.annotations.Nullable;

/**
 * Why an answer does not say what somebody would have it say.
 *
 * @param part what is asked about, as staff call it
 * @param wanted what it should be
 * @param given whether the answer says so as it is; then nothing else is told
 * @param actual what the answer has of that part instead; empty when a row or rule is asked for
 * @param rows rows that would say so, those that lack the least first; at most three
 * @param gate the first table that would have to say something else; null when no change is known that gives what is wanted
 * @param changes the facts that would have to be otherwise, the nearest first; empty when none that was tried gives it
 * @param later from when on it is so if nothing happens; null when time alone does not give it
 * @param tried how many changed requests were decided
 * @param reached how far the search went
 * @param kept facts that were left as they are, by their Chinese names
 */
public record WhyNotAnswer(
        @Member(meaning = "what is asked about, as staff call it; 命中 for a row or a rule", example = "\"牵头\"")
        String part,

        @Member(meaning = "what it should be", example = "\"区城市管理局\"")
        String wanted,

        @Member(meaning = "whether the answer says so as it is; then nothing else is told")
        boolean given,

        @Member(
                meaning = "what the answer has of it instead, 无 for nothing; empty when a row or rule is asked for",
                example = "\"区综合行政执法局\"")
        String actual,

        @Member(meaning = "rows that would say so, those that lack the least first; at most three")
        List<Lacking> rows,

        @Member(
                meaning =
                        "the first table, in the order in which they are asked, that would have to say something else for"
                                + " the first of the changes; absent when none is known")
        @Nullable
        Gate gate,

        @Member(
                meaning =
                        "the facts that would have to be otherwise, the nearest first, each decided and seen to give it;"
                                + " empty when none that was tried does")
        List<Nearest> changes,

        @Member(meaning = "from when on it is so if nothing happens; absent when time alone does not give it") @Nullable
        Later later,

        @Member(meaning = "how many changed requests were decided", example = "412")
        int tried,

        @Member(meaning = "how far the search went, so that there are no nearer changes of the facts that it changes")
        Reached reached,

        @Member(
                meaning = "facts that were left as they are, as staff call them: texts, ids and moments",
                example = "\"正文\"")
        List<String> kept) {
    /** How far a search went. */
    public enum Reached {
        /** Not every change of one fact was decided. */
        NOTHING,
        /** Every change of one fact was decided: none but those told gives it by itself. */
        ONE_FACT,
        /** Every change of two facts was, too. */
        TWO_FACTS
    }

    /** What keeps a row from saying so. */
    public enum Why {
        /** Its table is not asked about this case. */
        NOT_ASKED,
        /** Its conditions do not hold. */
        CONDITIONS,
        /** It is not in force on the day. */
        NOT_IN_FORCE,
        /** A row above it counts. */
        ROW_ABOVE,
        /** It counts together with others, which outweigh it. */
        OUTWEIGHED,
        /** It counts, and rules conclude otherwise. */
        NOT_FOLLOWED
    }

    /**
     * A row that would say so.
     *
     * @param row its id
     * @param at where it stands
     * @param says what it says in one line
     * @param order the place of its table in the order in which tables are asked, from 1; 0 when it is not asked
     * @param of how many times tables are asked
     * @param why what keeps it from saying so
     * @param failed its conditions that do not hold; empty for none
     * @param above the rows that count in its place; empty unless one above it does
     */
    public record Lacking(
            @Member(meaning = "id of the row", example = "\"DUTY-0087\"")
            String row,

            @Member(meaning = "where it stands", example = "\"routing.xlsx 派单目录!A89\"")
            String at,

            @Member(meaning = "what it says in one line", example = "\"事项 路灯故障 → 牵头 区综合行政执法局\"")
            String says,

            @Member(
                    meaning =
                            "the place of its table in the order in which tables are asked, from 1; 0 when it is not asked",
                    example = "4")
            int order,

            @Member(meaning = "how many times tables are asked", example = "6")
            int of,

            @Member(meaning = "what keeps it from saying so")
            Why why,

            @Member(meaning = "its conditions that do not hold; of days, expected and actual are empty")
            List<NearMiss.Failed> failed,

            @Member(
                    meaning = "ids of the rows that count in its place; empty unless one above it does",
                    example = "\"DUTY-0047\"")
            List<String> above) {}

    /**
     * The first table that says something else.
     *
     * @param order its place in the order in which tables are asked, from 1; 0 when only rules conclude otherwise
     * @param of how many times tables are asked
     * @param sheet its sheet; empty when only rules conclude otherwise
     * @param was ids of the rows that count; empty when none does, and when it is not asked
     * @param becomes ids of those that would; empty when none would, and when it would not be asked
     * @param rows of the latter, what each lacks; at most three
     * @param rules rules that would conclude something and do not, by code and title; at most three
     */
    public record Gate(
            @Member(
                    meaning =
                            "its place in the order in which tables are asked, from 1; 0 when only rules conclude otherwise",
                    example = "2")
            int order,

            @Member(meaning = "how many times tables are asked", example = "6")
            int of,

            @Member(meaning = "its sheet; empty when only rules conclude otherwise", example = "\"分级\"")
            String sheet,

            @Member(
                    meaning = "ids of the rows that count; empty when none does, and when it is not asked",
                    example = "\"SEV-044\"")
            List<String> was,

            @Member(
                    meaning = "ids of the rows that would count; empty when none would, and when it would not be asked",
                    example = "\"SEV-010\"")
            List<String> becomes,

            @Member(meaning = "of the latter, what each lacks; at most three")
            List<Lacking> rows,

            @Member(
                    meaning = "rules that would conclude something and do not, by code and title; at most three",
                    example = "\"RTE-020 符合转接条件的，立即转接紧急救援\"")
            List<String> rules) {}

    /**
     * Facts that would have to be otherwise, together.
     *
     * @param facts the facts; never empty
     * @param gate the first table that would say something else
     * @param outcome the outcome it would come to, as staff write it; empty where answers have none
     */
    public record Nearest(
            @Member(meaning = "the facts, all of which would have to be otherwise; never empty")
            List<Altered> facts,

            @Member(meaning = "the first table that would say something else")
            Gate gate,

            @Member(meaning = "the outcome it would come to, as staff write it", example = "\"交办\"")
            String outcome) {}

    /**
     * One fact that would have to be otherwise.
     *
     * @param member its place in the request, as a JSON pointer; of a list, the list
     * @param label what it is called: Chinese, a space, English
     * @param from what it is; of a list, the element that goes; empty for unknown or nothing
     * @param to what it would be; of a list or a text, what is added, after a plus; empty for unknown or nothing
     */
    public record Altered(
            @Member(meaning = "its place in the request, as a JSON pointer", example = "\"/incident/deaths\"")
            String member,

            @Member(meaning = "what it is called: Chinese, a space, English", example = "\"死亡人数 Deaths\"")
            String label,

            @Member(
                    meaning = "what it is; of a list, the element that goes; empty for unknown or nothing",
                    example = "\"2\"")
            String from,

            @Member(
                    meaning =
                            "what it would be; of a list or a text, what is added, after a plus; empty for unknown or nothing",
                    example = "\"3\"")
            String to) {}

    /**
     * From when on it is so, if nothing happens.
     *
     * @param from the moment, to the minute
     * @param outcome the outcome then, as staff write it; empty where answers have none
     */
    public record Later(
            @Member(meaning = "the first moment, to the minute", example = "\"2026-12-01T09:00:00+08:00\"")
            OffsetDateTime from,

            @Member(meaning = "the outcome then, as staff write it", example = "\"采取措施\"")
            String outcome) {}
}
