package liandong.journal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import liandong.policy.Policy;
import liandong.table.Condition;
import liandong.table.Row;
import liandong.table.Sheet;
import liandong.table.Table;

/**
 * The rows of a policy that are found by what a text says. A row that applied, even its id alone, tells words of the text to
 * who has the policy.
 *
 * @param ids of the rows
 */
record RowsOfText(Set<String> ids) {
    static final RowsOfText NONE = new RowsOfText(Set.of());

    /** Those of a policy; they are sought once. */
    static RowsOfText of(Policy policy) {
        Set<Class<? extends Row>> tables =
                policy.tables().stream().map(Table::type).collect(Collectors.toUnmodifiableSet());
        return policy.derived(RowsOfText.class, tables, RowsOfText::sought);
    }

    private static RowsOfText sought(Policy policy) {
        var ids = new HashSet<String>();
        for (Table<? extends Row> table : policy.tables()) {
            boolean all = table.type().getAnnotation(Sheet.class).ofText();
            List<Table.ConditionColumn> texts = table.columns().stream()
                    .filter(column -> column.attribute().isText())
                    .toList();
            for (int i = 0; i < table.rows().size(); i++) {
                int row = i;
                if (all
                        || texts.stream()
                                .anyMatch(
                                        column -> !column.conditions().get(row).equals(Condition.ANY))) {
                    ids.add(table.rows().get(i).ref().id());
                }
            }
        }
        return new RowsOfText(Set.copyOf(ids));
    }
}
