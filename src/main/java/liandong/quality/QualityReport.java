package liandong.quality;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import liandong.decision.Trouble;
import liandong.incident.Member;
import liandong.incident.Term;
import liandong.wire.PolicyRef;
import org.jspecify.annotations.Nullable;

/**
 * Which rows and rules are to be mended, by what came of the cases that they decided (行的质量).
 *
 * @param from kept then or later; null from the first
 * @param to kept before
 * @param policy the policy whose rows they are compared with
 * @param cases how many cases were looked at
 * @param decisions how many decisions about them
 * @param complete whether all cases of the period were looked at
 * @param all what came of all cases
 * @param toMend how many rows and rules are to be mended
 * @param rows the rows, worst first
 * @param moreRows how many rows there are besides
 * @param rules the rules, worst first
 */
public record QualityReport(
        @Member(meaning = "decisions kept then or later are judged; absent from the first on") @Nullable
        Instant from,

        @Member(meaning = "decisions kept before are judged; what came of them counts whenever it did")
        Instant to,

        @Member(meaning = "the policy whose rows they are compared with")
        PolicyRef policy,

        @Member(meaning = "how many cases were looked at") long cases,

        @Member(meaning = "how many decisions about them, of any kind")
        long decisions,

        @Member(meaning = "whether all cases of the period were looked at; if not, ask for a shorter one")
        boolean complete,

        @Member(meaning = "what came of all cases") List<Figure> all,

        @Member(
                meaning =
                        "how many rows are to be mended: it goes wrong more often with them than with the other rows of"
                                + " their sheet, and by more than chance (95 %)")
        int toMend,

        @Member(meaning = "the rows that had a part, worst first")
        List<Judgement> rows,

        @Member(meaning = "how many more rows had a part") int moreRows,

        @Member(meaning = "the rules that had a part, worst first")
        List<Judgement> rules) {

    /** What became of a row, or a rule, since. */
    public enum State implements Term {
        /** It says the same in the policy. */
        CURRENT("现行"),
        /** It says otherwise by now: what is told is of what it said then. */
        CHANGED("已改"),
        /** It is not in the policy any more. */
        REMOVED("已删");

        private final String label;

        State(String label) {
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

    /**
     * What came of the cases of a row or a rule.
     *
     * @param id its id, or the rule's code
     * @param at where it stood last; null of a rule
     * @param says what it said
     * @param state what became of it since
     * @param cases how many cases it had a part in
     * @param surplus so many more cases than with the others went wrong, at the least; 0 when it is not to be mended
     * @param figures what came of them
     * @param examples cases in which something went wrong, the latest first
     */
    public record Judgement(
            @Member(meaning = "the row's id, or the rule's code", example = "\"DUTY-0086\"")
            String id,

            @Member(meaning = "where the row stood last; absent of a rule", example = "\"routing.xlsx 派单目录!A88\"")
            @Nullable
            String at,

            @Member(meaning = "what it said; mended, it is listed by itself", example = "\"邻里纠纷 → 社区\"")
            String says,

            @Member(meaning = "what became of it since") State state,

            @Member(meaning = "how many cases it had a part in")
            long cases,

            @Member(
                    meaning =
                            "so many more of its cases went wrong than would have with the others, at the least, with 95 %"
                                    + " confidence (Newcombe); 0 when it is not to be mended",
                    example = "8.2")
            BigDecimal surplus,

            @Member(meaning = "what came of them; what nothing is known of is left out")
            List<Figure> figures,

            @Member(meaning = "cases in which something went wrong, the latest first; at most five")
            List<CaseInTrouble> examples) {}

    /**
     * How often something went wrong.
     *
     * @param trouble what
     * @param count how often
     * @param of of how many cases of which it is known whether it did
     * @param rate the share
     * @param low the lower bound of the true share
     * @param high the upper bound of the true share
     * @param others the share with the others; null when there are none
     * @param answersFor whether it is to be mended when its share is higher
     * @param because why, the most frequent causes first
     */
    public record Figure(
            @Member(meaning = "what went wrong") Trouble trouble,
            @Member(meaning = "how often") long count,

            @Member(meaning = "of how many cases of which it is known whether it did")
            long of,

            @Member(meaning = "the share, to 2 decimals", unit = "percent", example = "40.00")
            BigDecimal rate,

            @Member(
                    meaning = "the true share lies above with 95 % confidence (Wilson)",
                    unit = "percent",
                    example = "24.59")
            BigDecimal low,

            @Member(
                    meaning = "the true share lies below with 95 % confidence (Wilson)",
                    unit = "percent",
                    example = "57.68")
            BigDecimal high,

            @Member(
                    meaning =
                            "the share with the other rows of the sheet, or without the rule; absent when there are none",
                    unit = "percent",
                    example = "3.12")
            @Nullable
            BigDecimal others,

            @Member(
                    meaning =
                            "whether the row is to be mended when its share is higher: a limit for delay, a duty for returns")
            boolean answersFor,

            @Member(meaning = "why, the most frequent causes first; a case may have several", leftOutWhenEmpty = true)
            List<Cause> because) {}

    /** Why something went wrong: the reason of a return, whom a person gave it to, the stage that was late. */
    public record Cause(
            @Member(
                    meaning = "the reason of a return, whom a person gave it to, the stage that was late",
                    example = "\"职责不清\"")
            String why,

            @Member(meaning = "in how many cases") long count) {}

    /** A case in which something went wrong. */
    public record CaseInTrouble(
            @Member(meaning = "the incident's id", example = "\"SC-2026-000123\"")
            String incidentId,

            @Member(
                    meaning = "the last decision that the row had a part in",
                    example = "\"019e2f3c-1a00-7b0e-9f3c-2d1e4f5a6b7c\"")
            String decisionId,

            @Member(meaning = "when that was kept") Instant at,
            @Member(meaning = "what went wrong") List<Trouble> troubles) {}
}
