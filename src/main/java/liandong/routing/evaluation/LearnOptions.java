package liandong.routing.evaluation;

import liandong.cli.terminal.IntegerInRange;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How keywords are learned from labelled texts. */
final class LearnOptions {
    @Option(
            names = "--support",
            paramLabel = "N",
            converter = Support.class,
            description =
                    "In how many texts of one event type a word must stand; unless given 3, and one more for every"
                            + " 2,000 texts.")
    private @Nullable Integer support;

    @Option(
            names = "--most",
            paramLabel = "N",
            converter = Most.class,
            description = "How many words an event type gets at most; ${DEFAULT-VALUE} unless given.")
    private int most = 40;

    KeywordLearner learner() {
        return new KeywordLearner(support, most);
    }

    /** In how many texts; one that stands in a single text tells nothing. */
    static final class Support extends IntegerInRange {
        Support() {
            super(2, 1000);
        }
    }

    /** How many words. */
    static final class Most extends IntegerInRange {
        Most() {
            super(1, 10_000);
        }
    }

    /** How many folds. */
    static final class Folds extends IntegerInRange {
        Folds() {
            super(2, 1000);
        }
    }
}
