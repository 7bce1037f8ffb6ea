package liandong.policy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import liandong.table.Row;
import liandong.table.Sheet;

/**
 * What one decision needs of a policy: its tables, and the names its rules may use.
 *
 * @param rows the sealed type whose records are the rows of its tables, one record a sheet
 * @param required whether every policy makes this decision; another may leave out all of its sheets, and then does not make
 *     it
 * @param types what rules may name besides those rows, by simple name
 * @param globals what rules may consult by name, besides those of every decision
 * @param former what policies of earlier formats call something, and what it is called now: a type by its simple name, a
 *     question to a global as {@code global.method}
 */
public record PolicyPart(
        Class<? extends Row> rows,
        boolean required,
        List<Class<?>> types,
        Map<String, Class<?>> globals,
        Map<String, String> former) {
    /** The types of the rows, one a sheet, in the order they are declared in. */
    public List<Class<? extends Row>> tables() {
        return Stream.of(rows.getPermittedSubclasses())
                .<Class<? extends Row>>map(type -> type.asSubclass(Row.class))
                .toList();
    }

    /** The names of its sheets, in the same order. */
    public List<String> sheets() {
        return tables().stream().map(type -> sheet(type).value()).toList();
    }

    static Sheet sheet(Class<?> type) {
        return type.getAnnotation(Sheet.class);
    }
}
