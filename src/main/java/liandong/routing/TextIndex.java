package liandong.routing;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import liandong.incident.Danger;
import liandong.incident.EventType;
import liandong.incident.Nature;
import liandong.policy.AllCores;
import liandong.policy.Policy;
import liandong.reading.Lexicon;
import liandong.reading.Likeness;
import liandong.table.Row;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * The tables by which texts are read, prepared once for each policy: all words in one lexicon, all examples compared at once.
 *
 * <p>Immutable and safe for use by many threads. Rows not in force are in it too; {@link TextReader} asks.
 */
final class TextIndex {
    /** Whether a word stands for who or where, or for what happens. */
    enum Half {
        WHO,
        WHAT
    }

    /** What a word means to the row that names it. */
    record Use(Row row, @Nullable Half half) {}

    private static final Set<Class<? extends Row>> FROM = Set.of(
            SpellingRow.class, CueRow.class, ContextRow.class, NatureRow.class, DangerRow.class, ExampleRow.class);

    private final Lexicon<SpellingRow> spellings;
    private final Lexicon<ContextRow> courtesies;
    private final Lexicon<Use> words;
    private final Likeness<ExampleRow> examples;
    private final Likeness.Groups<Optional<EventType>> types;
    private final Likeness.Groups<Nature> natures;
    private final Likeness.Groups<Boolean> dangers;
    private final Set<Row> conditional;

    private TextIndex(Policy policy) {
        Supplier<Words> beside = AllCores.beside("words", () -> new Words(policy));
        Table<ExampleRow> sentences = policy.table(ExampleRow.class);
        examples = new Likeness<>(
                sentences == null ? List.of() : sentences.rows(),
                ExampleRow::sentence,
                AllCores.count(),
                works -> AllCores.map(works, work -> {
                    work.run();
                    return work;
                }));
        Words gathered = beside.get();
        spellings = gathered.spelling.build();
        courtesies = gathered.courtesy.build();
        words = gathered.lexicon.build();
        conditional = gathered.conditional;
        Supplier<Likeness.Groups<Nature>> byNature =
                AllCores.beside("natures", () -> examples.groups(ExampleRow::nature));
        types = examples.groups(row -> Optional.ofNullable(row.eventType()));
        dangers = examples.groups(row -> row.danger() != Danger.NO);
        natures = byNature.get();
    }

    /** The words of the tables, and the rows that do not always count. */
    private static final class Words {
        private final Lexicon.Builder<SpellingRow> spelling = new Lexicon.Builder<>();
        private final Lexicon.Builder<ContextRow> courtesy = new Lexicon.Builder<>();
        private final Lexicon.Builder<Use> lexicon = new Lexicon.Builder<>();
        private final Set<Row> conditional = Collections.newSetFromMap(new IdentityHashMap<>());

        private Words(Policy policy) {
            each(policy, SpellingRow.class, row -> spelling.addAll(row.written(), row));
            each(policy, CueRow.class, row -> lexicon.addAll(row.words(), new Use(row, null)));
            each(policy, ContextRow.class, row -> {
                if (row.effect() == ContextEffect.COURTESY) {
                    courtesy.addAll(row.words(), row);
                } else {
                    lexicon.addAll(row.words(), new Use(row, null));
                }
            });
            each(policy, NatureRow.class, row -> lexicon.addAll(row.words(), new Use(row, null)));
            each(policy, DangerRow.class, row -> {
                lexicon.addAll(row.who(), new Use(row, Half.WHO));
                lexicon.addAll(row.what(), new Use(row, Half.WHAT));
            });
            each(policy, ExampleRow.class, row -> {});
        }

        private <R extends Row> void each(Policy policy, Class<R> type, Consumer<R> then) {
            Table<R> table = policy.table(type);
            if (table == null) {
                return;
            }
            List<R> rows = table.rows();
            for (int i = 0; i < rows.size(); i++) {
                if (!table.asksNothing(i)) {
                    conditional.add(rows.get(i));
                }
                then.accept(rows.get(i));
            }
        }
    }

    /** What a policy's texts are read by. */
    static TextIndex of(Policy policy) {
        return policy.derived(TextIndex.class, FROM, TextIndex::new);
    }

    /** Whether a row counts only on some days or under some conditions, so that its table has to be asked. */
    boolean isConditional(Row row) {
        return conditional.contains(row);
    }

    /** Other ways to write a word. */
    Lexicon<SpellingRow> spellings() {
        return spellings;
    }

    /** Words of courtesy. */
    Lexicon<ContextRow> courtesies() {
        return courtesies;
    }

    /** Every other word that some row looks for. */
    Lexicon<Use> words() {
        return words;
    }

    /** The example sentences. */
    Likeness<ExampleRow> examples() {
        return examples;
    }

    /** The example sentences by what they are about; those that are about no matter are one group. */
    Likeness.Groups<Optional<EventType>> types() {
        return types;
    }

    /** The example sentences by what the reporter wants; those that do not tell are in none. */
    Likeness.Groups<Nature> natures() {
        return natures;
    }

    /** The example sentences by whether they tell of danger. */
    Likeness.Groups<Boolean> dangers() {
        return dangers;
    }
}
