package liandong.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import liandong.analysis.AnalysedTable;
import liandong.analysis.LivingRows;
import liandong.incident.Danger;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.reading.Clauses;
import liandong.reading.Lexicon.Hit;
import liandong.reading.TextForm;
import liandong.routing.TextIndex.Use;
import liandong.table.Row;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;

/** Words that no text will be found by, and rows of the screen for danger that cannot do what they are for. */
final class SoughtWordAnalysis {
    /** The longest that anybody says word for word. */
    private static final int LONGEST = 30;

    private static final String WORDS = "词语";
    private static final String WHO = "谁或何处";
    private static final String WHAT = "何种情形";

    private final Policy policy;
    private final List<AnalysedTable> tables;
    private final TextIndex index;
    private final Consumer<Problem> problems;
    private final Predicate<SpellingRow> spelt;

    SoughtWordAnalysis(Policy policy, List<AnalysedTable> tables, Consumer<Problem> problems) {
        this.policy = policy;
        this.tables = tables;
        this.problems = problems;
        this.index = TextIndex.of(policy);
        this.spelt = row -> !index.isConditional(row);
    }

    void tell() {
        words(CueRow.class, WORDS, CueRow::words);
        words(CueRow.class, "同句另含", CueRow::with);
        words(CueRow.class, "除非", CueRow::unless);
        words(ContextRow.class, WORDS, ContextRow::words);
        words(NatureRow.class, WORDS, NatureRow::words);
        words(DangerRow.class, WHO, DangerRow::who);
        words(DangerRow.class, WHAT, DangerRow::what);
        LivingRows<SpellingRow> spellings = LivingRows.of(SpellingRow.class, policy, tables);
        if (spellings != null) {
            spellings.each((row, number) -> plain(spellings, number, "写作", row.written()));
        }
        LivingRows<DangerRow> screen = LivingRows.of(DangerRow.class, policy, tables);
        if (screen != null) {
            screen.each((row, number) -> {
                relay(screen, row, number);
                lifted(screen, number, WHAT, row.what(), context -> true);
                lifted(
                        screen,
                        number,
                        WHO,
                        row.who(),
                        context -> row.scope() == TextScope.CLAUSE || context.scope() != ContextScope.CLAUSE);
            });
        }
    }

    private <R extends Row> void words(Class<R> type, String column, Function<R, List<String>> words) {
        LivingRows<R> rows = LivingRows.of(type, policy, tables);
        if (rows != null) {
            rows.each((row, number) -> {
                plain(rows, number, column, words.apply(row));
                respelt(rows, number, column, words.apply(row));
            });
        }
    }

    /** Words that nobody says so: with marks, blanks or wildcards, or too long. */
    private void plain(LivingRows<?> rows, int number, String column, List<String> words) {
        List<String> marked =
                words.stream().filter(SoughtWordAnalysis::isMarked).toList();
        if (!marked.isEmpty()) {
            problems.accept(
                    Problem.of(Code.WORD_WITH_MARK, rows.at(number, column), LivingRows.named(shortened(marked))));
        }
        List<String> lengthy = words.stream()
                .filter(word -> word.length() > LONGEST && !isMarked(word))
                .toList();
        if (!lengthy.isEmpty()) {
            problems.accept(
                    Problem.of(Code.LONG_WORD, rows.at(number, column), LivingRows.named(shortened(lengthy)), LONGEST));
        }
    }

    private static boolean isMarked(String word) {
        return IntStream.range(0, word.length())
                .anyMatch(place -> Clauses.endsAt(word, place)
                        || Character.isWhitespace(word.charAt(place))
                        || word.charAt(place) == '*');
    }

    private static List<String> shortened(List<String> words) {
        return words.stream()
                .map(word -> word.length() > LONGEST ? word.substring(0, LONGEST) + "…" : word)
                .toList();
    }

    /** Words that are spelt otherwise by the time they are looked for. */
    private void respelt(LivingRows<?> rows, int number, String column, List<String> words) {
        List<String> forms = words.stream().map(TextForm::of).toList();
        var lost = new ArrayList<String>();
        for (String form : forms) {
            String read = TextReader.spelt(form, index, spelt);
            if (forms.stream().noneMatch(read::contains)) {
                lost.add(form + " → " + read);
            }
        }
        if (!lost.isEmpty()) {
            problems.accept(Problem.of(Code.RESPELT_WORD, rows.at(number, column), LivingRows.named(lost)));
        }
    }

    private void relay(LivingRows<DangerRow> screen, DangerRow row, int number) {
        boolean relays = !row.relayTo().isEmpty();
        if (row.danger() == Danger.NOW && !relays) {
            problems.accept(Problem.of(
                    Code.DANGER_WITHOUT_RELAY,
                    screen.at(number, "转接单位"),
                    row.danger().label()));
        } else if (row.danger() == Danger.POSSIBLE && relays) {
            problems.accept(Problem.of(
                    Code.RELAY_WITHOUT_DANGER,
                    screen.at(number, "转接单位"),
                    row.danger().label(),
                    Danger.NOW.label()));
        } else if (row.danger() == Danger.NO) {
            problems.accept(Problem.of(
                    Code.SCREEN_WITHOUT_DANGER,
                    screen.at(number, "危险"),
                    row.danger().label()));
        }
    }

    /** Words that hold a word by which what they tell is over or imagined. */
    private void lifted(
            LivingRows<DangerRow> screen,
            int number,
            String column,
            List<String> words,
            Predicate<ContextRow> reaches) {
        var lifted = new ArrayList<String>();
        for (String word : words) {
            String by = lifts(TextReader.spelt(word, index, spelt), reaches);
            if (by != null) {
                lifted.add(TextForm.of(word) + " ⊃ " + by);
            }
        }
        if (!lifted.isEmpty()) {
            problems.accept(Problem.of(Code.LIFTED_DANGER, screen.at(number, column), LivingRows.named(lifted)));
        }
    }

    /** The word of 语境 within a word that says there is no danger, and its cell; null when none does. */
    private @Nullable String lifts(String word, Predicate<ContextRow> reaches) {
        String lifts = null;
        for (Hit<Use> hit : index.words().find(word)) {
            for (Use use : hit.uses()) {
                if (use.row() instanceof ContextRow row) {
                    if (row.effect() == ContextEffect.UNREAD || row.effect() == ContextEffect.NEGATION) {
                        return null; // what stands in it may not be meant
                    }
                    if (row.effect() == ContextEffect.LIFTS_DANGER && !index.isConditional(row) && reaches.test(row)) {
                        lifts = lifts == null ? hit.word() + " (" + at(row) + ")" : lifts;
                    }
                }
            }
        }
        return lifts;
    }

    private String at(ContextRow row) {
        Table<ContextRow> table = Objects.requireNonNull(policy.table(ContextRow.class));
        return table.sheet() + "!" + table.at(row, WORDS).cell();
    }
}
