package liandong.replay;

import java.util.List;

/**
 * What a draft would have changed about one decision.
 *
 * @param result what, in a word
 * @param hits where it counts
 * @param shifts how far due times move
 * @param differences what would have been otherwise
 */
record Effect(Result result, List<Hit> hits, List<Shift> shifts, Difference.All differences) {
    static final Difference.All NOTHING = new Difference.All(List.of(), 0);

    /** What a draft would have changed about a decision. */
    enum Result {
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

        String label() {
            return label;
        }
    }

    /** What decisions are counted by; each line of a count is a pair of words. */
    enum Count {
        /** Kind of decision, and what the draft would have changed about it. */
        KINDS("kinds", "kind", "result"),
        /** Outcome before, and after; of decisions whose outcome changes. */
        OUTCOMES("outcomes", "from", "to"),
        /** Body in the lead before, and after; of decisions whose lead changes. */
        LEADS("leads", "from", "to"),
        /** Event type before, and after; of all decisions that change. */
        EVENT_TYPES("eventTypes", "from", "to"),
        /** Which way a due time moves, and what is due. */
        DUES("dues", "move", "due"),
        /** Outcome before, and why a person would have to judge instead. */
        UNROUTABLE("unroutable", "from", "reason"),
        /** What is wrong with a request for the draft, and where. */
        REFUSED("refused", "problem", "at"),
        /** Why decisions cannot be compared. */
        NOT_COMPARABLE("notComparable", "reason", "of"),
        /** Row, and what became of it as a reason; of decisions that change. */
        ROWS("rows", "row", "became"),
        /** Rule, and what became of it as a reason; of decisions that change. */
        RULES("rules", "rule", "became"),
        /** Kind of decision, where no reason says why it changes: the calendar, the vocabulary or the text of a rule. */
        UNEXPLAINED("unexplained", "kind", "");

        private final String member;
        private final String first;
        private final String second;

        Count(String member, String first, String second) {
            this.member = member;
            this.first = first;
            this.second = second;
        }

        /** What the count is called in JSON. */
        String member() {
            return member;
        }

        /** What the first word of a line is called in JSON. */
        String first() {
            return first;
        }

        /** What the second word of a line is called in JSON; empty when there is none. */
        String second() {
            return second;
        }
    }

    /** What became of a row or rule as a reason. */
    enum Became {
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

        String label() {
            return label;
        }
    }

    /** Which way a due time moves. */
    enum Move {
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

        String label() {
            return label;
        }
    }

    /**
     * A word of a line.
     *
     * @param code what it is known by; empty for none
     * @param label what people call it; empty when that is the code
     */
    record Word(String code, String label) {
        static final Word NONE = new Word("", "");
    }

    /** A line of a count that a decision belongs to. */
    record Hit(Count count, Word first, Word second) {}

    /**
     * How far a due time moves.
     *
     * @param minutes by the clock, less than zero when it falls due earlier
     * @param office minutes in which offices are open, with the same sign
     */
    record Shift(long minutes, long office) {}
}
