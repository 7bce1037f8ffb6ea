package liandong.analysis;

import java.util.ArrayList;
import java.util.List;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * The row of a table that would cover a fact did it not ask too much in one column: where to look when no row covers the fact.
 *
 * @param row the number of the row
 * @param column the Chinese name of the column
 * @param leftOut the words that the row leaves out there; empty when the column asks for no words
 */
public record Narrowed(int row, String column, List<String> leftOut) {
    /** The last such row, because what counts for the rest stands last; null when every row asks too much in several columns. */
    public static @Nullable Narrowed of(LivingRows<?> rows, Object fact, Vocabulary vocabulary) {
        var found = new ArrayList<Narrowed>();
        rows.each((row, number) -> {
            List<Table.ConditionColumn> failing = rows.table().columns().stream()
                    .filter(each -> !each.index()
                            .rows(each.attribute().of().apply(fact))
                            .contains(number))
                    .toList();
            if (failing.size() == 1) {
                Table.ConditionColumn column = failing.get(0);
                found.add(new Narrowed(number, column.attribute().chinese(), leftOut(column, vocabulary, number)));
            }
        });
        return found.isEmpty() ? null : found.get(found.size() - 1);
    }

    /** The words that a row leaves out in a column; empty when the column asks for no words. */
    public static List<String> leftOut(Table.ConditionColumn column, Vocabulary vocabulary, int row) {
        if (!Term.class.isAssignableFrom(column.attribute().type())) {
            return List.of();
        }
        return vocabulary.all(column.attribute().type().asSubclass(Term.class)).stream()
                .filter(term -> !column.index().rows(term).contains(row))
                .map(Term::label)
                .toList();
    }

    /** The column and the words that it leaves out, in one line. */
    public String says() {
        return leftOut.isEmpty() ? column : column + " " + LivingRows.named(leftOut);
    }
}
