package liandong.table;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import liandong.incident.Column;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import org.jspecify.annotations.Nullable;

/** What the columns of a sheet are for, told to whoever helps people fill it in. */
public final class SheetSchema {
    private SheetSchema() {}

    /** What stands in a column. */
    public enum Kind {
        /** Row ids. */
        ID,
        /** Labels of a set, or 是 and 否. */
        LABEL,
        /** Dates. */
        DATE,
        /** Anything else. */
        OTHER
    }

    /**
     * One column.
     *
     * @param column from 0
     * @param name its Chinese name
     * @param kind what stands in it
     * @param set whose labels it takes; null for 是 and 否, and for other kinds
     * @param several whether a cell may name several labels
     */
    public record Field(
            int column, String name, Kind kind, @Nullable Class<? extends Term> set, boolean several) {
        /** The labels that may stand in the column, in their order; empty for other kinds. */
        public List<String> labels(Vocabulary vocabulary) {
            if (kind != Kind.LABEL) {
                return List.of();
            }
            if (set == null) {
                return List.of("是", "否");
            }
            List<? extends Term> terms =
                    set == RowStatus.class ? RowStatus.of(vocabulary.format()) : vocabulary.all(set);
            return terms.stream().map(Term::label).toList();
        }
    }

    /**
     * The columns of a sheet that can be told, by their headers.
     *
     * @param type what the sheet's rows become
     * @param headers its header row from column A on; empty where there is none
     */
    public static List<Field> of(Class<?> type, List<String> headers) {
        Sheet table = type.getAnnotation(Sheet.class);
        Map<String, Attribute> attributes = table == null ? Map.of() : Attribute.of(table.about());
        var components = new HashMap<String, RecordComponent>();
        for (RecordComponent component : type.getRecordComponents()) {
            Column column = component.getAccessor().getAnnotation(Column.class);
            if (column != null) {
                components.put(Attribute.chinese(column.value()), component);
            }
        }
        var fields = new ArrayList<Field>();
        for (int i = 0; i < headers.size(); i++) {
            String name = Attribute.chinese(headers.get(i));
            RecordComponent component = components.get(name);
            Attribute attribute = attributes.get(name);
            if (component != null) {
                fields.add(conclusion(i, name, component));
            } else if (name.equals(SheetReader.STATUS)) {
                fields.add(new Field(i, name, Kind.LABEL, RowStatus.class, false));
            } else if (table != null && name.equals(SheetReader.ID)) {
                fields.add(new Field(i, name, Kind.ID, null, false));
            } else if (table != null && (name.equals(SheetReader.FROM) || name.equals(SheetReader.UNTIL))) {
                fields.add(new Field(i, name, Kind.DATE, null, false));
            } else if (attribute != null) {
                fields.add(field(i, name, attribute.type(), !attribute.isBoolean()));
            }
        }
        return List.copyOf(fields);
    }

    private static Field conclusion(int column, String name, RecordComponent component) {
        boolean list = component.getType() == List.class;
        Class<?> type = list
                ? (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
                : component.getType();
        return field(column, name, type, list);
    }

    @SuppressWarnings("unchecked") // just found to be a set of terms
    private static Field field(int column, String name, Class<?> type, boolean several) {
        if (Term.class.isAssignableFrom(type)) {
            return new Field(column, name, Kind.LABEL, (Class<? extends Term>) type, several);
        }
        if (type == boolean.class || type == Boolean.class) {
            return new Field(column, name, Kind.LABEL, null, false);
        }
        return new Field(column, name, type == LocalDate.class ? Kind.DATE : Kind.OTHER, null, false);
    }
}
