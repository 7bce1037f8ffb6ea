package liandong.decision;

import org.jspecify.annotations.Nullable;

/**
 * Is told what is decided and how long it takes, by the thread that does it. What it does with that changes no answer, and it
 * is done at once: whoever asked waits meanwhile.
 */
public interface DecisionWatch {
    /** Nobody is told. */
    DecisionWatch NOBODY = new DecisionWatch() {
        @Override
        public void took(Decision<?, ?> decision, Part part, long begun) {}

        @Override
        public void answered(DecisionRecord<?, ?> decided, String outcome, boolean left, boolean danger) {}
    };

    /** What a decision is made of, one after the other. */
    enum Part {
        /** The request is understood. */
        READ("read"),
        /** Tables and rules are asked. */
        DECIDE("decide"),
        /** The answer waits until it is in the journal. */
        KEEP("keep");

        private final String code;

        Part(String code) {
            this.code = code;
        }

        /** By metrics and traces. */
        public String code() {
            return code;
        }
    }

    /**
     * A part has ended, well or not.
     *
     * @param begun when, by {@link System#nanoTime}
     */
    void took(Decision<?, ?> decision, Part part, long begun);

    /**
     * An answer is given: where answers must be kept, it is.
     *
     * @param outcome what came of it, in a word
     * @param left whether it is left to a person
     * @param danger whether it is, because somebody may be in danger
     */
    void answered(DecisionRecord<?, ?> decided, String outcome, boolean left, boolean danger);

    /** The trace that what this thread does belongs to: 32 hexadecimal digits; null, and unless overridden, for none. */
    default @Nullable String trace() {
        return null;
    }
}
