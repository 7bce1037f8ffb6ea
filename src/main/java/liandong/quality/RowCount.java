package liandong.quality;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import liandong.decision.Proportion;
import liandong.decision.Trouble;
import liandong.journal.Entry;
import liandong.quality.QualityReport.CaseInTrouble;
import liandong.quality.QualityReport.Cause;
import org.jspecify.annotations.Nullable;

/** The cases of a row, a rule or everything, counted. Not safe for use by many threads. */
final class RowCount {
    /** So many cases are named, the latest. */
    private static final int EXAMPLES = 5;

    /** So many different causes are told apart; what else there was is one of its own. */
    private static final int CAUSES = 50;

    private static final String ELSE = "…";

    private static final Comparator<CaseInTrouble> LATEST = Comparator.comparing(CaseInTrouble::at)
            .thenComparing(CaseInTrouble::incidentId)
            .reversed();

    private @Nullable RowText text;
    private Instant seen = Instant.MIN;
    private long cases;
    private final Map<Trouble, Long> known = new EnumMap<>(Trouble.class);
    private final Map<Trouble, Long> happened = new EnumMap<>(Trouble.class);
    /** What came of the same cases as a whole, in whatever hands. */
    private final Map<Trouble, Long> wholeKnown = new EnumMap<>(Trouble.class);

    private final Map<Trouble, Long> wholeHappened = new EnumMap<>(Trouble.class);
    private final Map<Trouble, Map<String, Long>> causes = new EnumMap<>(Trouble.class);
    private final List<CaseInTrouble> examples = new ArrayList<>();

    /** Counts a case. */
    void add(Map<Trouble, Outcome> outcomes) {
        cases++;
        outcomes.forEach((trouble, outcome) -> {
            if (outcome.isKnown()) {
                known.merge(trouble, 1L, Long::sum);
            }
            if (outcome.hasHappened()) {
                happened.merge(trouble, 1L, Long::sum);
                Map<String, Long> why = causes.computeIfAbsent(trouble, each -> new TreeMap<>());
                outcome.whys()
                        .forEach(each ->
                                why.merge(why.containsKey(each) || why.size() < CAUSES ? each : ELSE, 1L, Long::sum));
            }
        });
    }

    /**
     * Counts a case of a row, and names it if something went wrong.
     *
     * @param whole what came of the case as a whole: with another assignment than the row's it may have gone wrong
     * @param answersFor what the row is to be mended for; empty of one that answers for nothing, whose cases are named all the same
     */
    void add(String incident, Judged.Of of, Map<Trouble, Outcome> whole, Set<Trouble> answersFor) {
        Map<Trouble, Outcome> outcomes = of.outcomes();
        Entry last = of.last();
        if (text == null || last.keptAt().isAfter(seen)) {
            text = of.row();
            seen = last.keptAt();
        }
        add(outcomes);
        whole.forEach((trouble, outcome) -> {
            wholeKnown.merge(trouble, outcome.isKnown() ? 1L : 0L, Long::sum);
            wholeHappened.merge(trouble, outcome.hasHappened() ? 1L : 0L, Long::sum);
        });
        List<Trouble> wrong = outcomes.entrySet().stream()
                .filter(each -> each.getValue().hasHappened())
                .map(Map.Entry::getKey)
                .toList();
        if (wrong.stream().anyMatch(each -> answersFor.isEmpty() || answersFor.contains(each))) {
            examples.add(new CaseInTrouble(incident, last.id(), last.keptAt(), wrong));
            examples.sort(LATEST);
            if (examples.size() > EXAMPLES) {
                examples.remove(EXAMPLES);
            }
        }
    }

    /** The row, where it stood last. */
    @Nullable
    RowText text() {
        return text;
    }

    long cases() {
        return cases;
    }

    /** How often something went wrong, of the cases of which it is known. */
    Proportion of(Trouble trouble) {
        return new Proportion(happened.getOrDefault(trouble, 0L), known.getOrDefault(trouble, 0L));
    }

    /** How often something went wrong with the cases that it had a part in, with whatever assignment. */
    Proportion ofWhole(Trouble trouble) {
        return new Proportion(wholeHappened.getOrDefault(trouble, 0L), wholeKnown.getOrDefault(trouble, 0L));
    }

    /** Why, the most frequent causes first. */
    List<Cause> causes(Trouble trouble) {
        return causes.getOrDefault(trouble, Map.of()).entrySet().stream()
                .map(each -> new Cause(each.getKey(), each.getValue()))
                .sorted(Comparator.comparingLong(Cause::count).reversed().thenComparing(Cause::why))
                .toList();
    }

    /** Some cases in which something went wrong, the latest first. */
    List<CaseInTrouble> examples() {
        return Collections.unmodifiableList(examples);
    }
}
