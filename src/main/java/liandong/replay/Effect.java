package liandong.replay;

import java.util.List;
import liandong.incident.Term;

/**
 * What a draft would have changed about one decision.
 *
 * @param result what, in a word
 * @param hits where it counts
 * @param shifts how far due times move
 * @param differences what would have been otherwise
 */
public record Effect(Result result, List<Hit> hits, List<Shift> shifts, Difference.All differences) {
    static final Difference.All NOTHING = new Difference.All(List.of(), 0);

    /** What a draft would have changed about a decision. */
    public enum Result implements Term {
        /** Nothing. */
        SAME("不变"),
        /** Nothing but the reasons: other rows or rules come to the same. */
        OTHER_REASONS("结论不变，理由变"),
        /** What is to be done. */
        CHANGED("结论变"),
        /** Everything: the draft has no answer to the request. */
        REFUSED("草案无法作答"),
        /** Nobody knows. */
        NOT_COMPARABLE("无法比较");

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

    /** What decisions are counted by; each line of a count is a pair of words. */
    public enum Count {
        /** Kind of decision, and what the draft would have changed about it. */
        KINDS("kinds", "kind", true, "result", true),
        /** Outcome before, and after; of decisions whose outcome changes. */
        OUTCOMES("outcomes", "from", true, "to", true),
        /** Body in the lead before, and after; of decisions whose lead changes. */
        LEADS("leads", "from", false, "to", false),
        /** Event type before, and after; of all decisions that change. */
        EVENT_TYPES("eventTypes", "from", false, "to", false),
        /** Which way a due time moves, and what is due. */
        DUES("dues", "move", true, "due", false),
        /** Outcome before, and why a person would have to judge instead. */
        UNROUTABLE("unroutable", "from", true, "reason", true),
        /** What is wrong with a request for the draft, and where. */
        REFUSED("refused", "problem", false, "at", false),
        /** Why decisions cannot be compared. */
        NOT_COMPARABLE("notComparable", "reason", true, "of", true),
        /** Row, and what became of it as a reason; of decisions that change. */
        ROWS("rows", "row", false, "became", true),
        /** Rule, and what became of it as a reason; of decisions that change. */
        RULES("rules", "rule", false, "became", true),
        /** Kind of decision, where no reason says why it changes: the calendar, the vocabulary or the text of a rule. */
        UNEXPLAINED("unexplained", "kind", true, "", false);

        private final String member;
        private final String first;
        private final boolean firstIsOurs;
        private final String second;
        private final boolean secondIsOurs;

        Count(String member, String first, boolean firstIsOurs, String second, boolean secondIsOurs) {
            this.member = member;
            this.first = first;
            this.firstIsOurs = firstIsOurs;
            this.second = second;
            this.secondIsOurs = secondIsOurs;
        }

        /** What the count is called in JSON. */
        public String member() {
            return member;
        }

        /** What the first word of a line is called in JSON. */
        public String first() {
            return first;
        }

        /** What the second word of a line is called in JSON; empty when there is none. */
        public String second() {
            return second;
        }

        /** Whether the first words are the program's, not the policy's. */
        public boolean firstIsOurs() {
            return firstIsOurs;
        }

        /** Whether the second words are the program's, not the policy's. */
        public boolean secondIsOurs() {
            return secondIsOurs;
        }

        /** Whether a line tells from what to what something goes. */
        public boolean isOfMoves() {
            return first.equals("from") && second.equals("to");
        }
    }

    /** What became of a row or rule as a reason. */
    public enum Became implements Term {
        /** It is a reason now. */
        NEW("新依据"),
        /** It is no reason any more. */
        GONE("不再适用"),
        /** It is still a reason, but says something else. */
        EDITED("内容变");

        private final String label;

        Became(String label) {
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

    /** Which way a due time moves. */
    public enum Move implements Term {
        /** It falls due earlier. */
        EARLIER("提前"),
        /** It falls due later. */
        LATER("推后"),
        /** It had no due time. */
        ADDED("新增"),
        /** It has no due time any more. */
        DROPPED("取消");

        private final String label;

        Move(String label) {
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
     * A word of a line.
     *
     * @param code what it is known by; empty for none
     * @param label what people call it; empty when that is the code
     */
    public record Word(String code, String label) {
        static final Word NONE = new Word("", "");

        static Word of(Term term) {
            return new Word(term.code(), term.label());
        }
    }

    /** A line of a count that a decision belongs to. */
    public record Hit(Count count, Word first, Word second) {}

    /**
     * How far a due time moves.
     *
     * @param minutes by the clock, less than zero when it falls due earlier
     * @param office minutes in which offices are open, with the same sign
     */
    public record Shift(long minutes, long office) {}
}
