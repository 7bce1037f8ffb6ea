package liandong.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import liandong.analysis.LivingRows;
import liandong.incident.EventType;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.reading.TextForm;
import org.jspecify.annotations.Nullable;

/** Words that say more of a matter than they can bear (词语). */
final class CueAnalysis {
    private static final String WORDS = "词语";
    private static final String EVENT_TYPE = "事项";

    private final LivingRows<CueRow> cues;
    private final Consumer<Problem> problems;
    /** The words that are context only, in the form they are compared in, with the first row that says so. */
    private final Map<String, Integer> context = new HashMap<>();

    CueAnalysis(LivingRows<CueRow> cues, Consumer<Problem> problems) {
        this.cues = cues;
        this.problems = problems;
        cues.each((row, number) -> {
            if (row.role() == CueRole.CONTEXT) {
                row.words().forEach(word -> context.putIfAbsent(TextForm.of(word), number));
            }
        });
    }

    void tell() {
        cues.each((row, number) -> {
            EventType type = row.eventType();
            if (row.role() == CueRole.CONTEXT) {
                if (type != null) {
                    problems.accept(Problem.of(
                            Code.CONTEXT_WITH_EVENT_TYPE,
                            cues.at(number, EVENT_TYPE),
                            type.label(),
                            row.role().label()));
                }
            } else if (type == null) {
                problems.accept(Problem.of(
                        Code.CUE_WITHOUT_EVENT_TYPE,
                        cues.at(number, EVENT_TYPE),
                        row.role().label()));
            } else {
                alsoContext(row, type, number);
                single(row, type, number);
            }
        });
        twice();
    }

    /** Words that another row calls context, and that count here without anything else beside them. */
    private void alsoContext(CueRow row, EventType type, int number) {
        if (!row.with().isEmpty()) {
            return;
        }
        var by = new TreeMap<Integer, List<String>>();
        for (String word : row.words()) {
            Integer other = context.get(TextForm.of(word));
            if (other != null && cues.analysis().mayBothApply(other, number)) {
                by.computeIfAbsent(other, each -> new ArrayList<>()).add(word);
            }
        }
        by.forEach((other, words) -> problems.accept(Problem.of(
                Code.CONTEXT_WORD_COUNTS,
                cues.at(number, WORDS),
                LivingRows.named(words),
                type.label(),
                cues.at(other, WORDS).cell())));
    }

    /** Words of one character that decide without anything else beside them. */
    private void single(CueRow row, EventType type, int number) {
        List<String> words = row.words().stream()
                .filter(word -> word.codePointCount(0, word.length()) == 1)
                .toList();
        if (row.role() == CueRole.DECIDES && row.with().isEmpty() && !words.isEmpty()) {
            problems.accept(Problem.of(
                    Code.ONE_CHARACTER_DECIDES, cues.at(number, WORDS), LivingRows.named(words), type.label()));
        }
    }

    /** Words that decide for two event types in the same clause. */
    private void twice() {
        var deciding = new HashMap<String, List<Integer>>();
        cues.each((row, number) -> {
            EventType type = row.eventType();
            if (row.role() == CueRole.DECIDES && type != null) {
                var by = new LinkedHashMap<Integer, List<String>>();
                for (String word : row.words()) {
                    String form = TextForm.of(word);
                    List<Integer> before = deciding.computeIfAbsent(form, each -> new ArrayList<>());
                    Integer other = before.stream()
                            .filter(each -> clash(each, number, form))
                            .findFirst()
                            .orElse(null);
                    if (other != null) {
                        by.computeIfAbsent(other, each -> new ArrayList<>()).add(word);
                    }
                    before.add(number);
                }
                by.forEach((other, words) -> problems.accept(Problem.of(
                        Code.WORD_DECIDES_TWICE,
                        cues.at(number, WORDS),
                        LivingRows.named(words),
                        type.label(),
                        label(cues.row(other).eventType()),
                        cues.at(other, WORDS).cell())));
            }
        });
    }

    private static String label(@Nullable EventType type) {
        return type == null ? "" : type.label();
    }

    private boolean clash(int one, int other, String word) {
        CueRow first = cues.row(one);
        CueRow second = cues.row(other);
        return !Objects.equals(first.eventType(), second.eventType())
                && areFulfilledTogether(first, second, word)
                && cues.analysis().mayBothApply(one, other);
    }

    /** Whether a clause of a word, and of at most one other that a row asks for, fulfils both rows. */
    private static boolean areFulfilledTogether(CueRow one, CueRow other, String word) {
        for (String first : orNothing(one.with())) {
            for (String second : orNothing(other.with())) {
                String clause = null;
                if (first.contains(second)) {
                    clause = word + "\n" + first;
                } else if (second.contains(first)) {
                    clause = word + "\n" + second;
                }
                if (clause != null && !ruledOut(one, clause) && !ruledOut(other, clause)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<String> orNothing(List<String> words) {
        return words.isEmpty() ? List.of("") : words.stream().map(TextForm::of).toList();
    }

    private static boolean ruledOut(CueRow row, String clause) {
        return row.unless().stream().map(TextForm::of).anyMatch(clause::contains);
    }
}
