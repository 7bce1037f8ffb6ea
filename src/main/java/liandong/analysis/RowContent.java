package liandong.analysis;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import liandong.calendar.Limit;
import liandong.incident.Column;
import liandong.incident.Term;
import liandong.table.Attribute;
import liandong.table.Condition;
import liandong.table.Row;
import liandong.table.RowRef;
import org.jspecify.annotations.Nullable;

/**
 * What rows conclude, so that rows of two versions can be compared: by code and by value, not by where they stand or what they
 * are called.
 */
public final class RowContent {
    /** A term by its code: another name is no other content. */
    private record Named(String set, String code) {}

    /** What a word is called, which is for people. */
    private static final Set<String> NAMES = Set.of("label", "aliases");

    private RowContent() {}

    /** What a row concludes; equal for rows that conclude the same. */
    public static List<Object> of(Row row) {
        var values = new ArrayList<Object>();
        for (RecordComponent component : row.getClass().getRecordComponents()) {
            if (component.getType() != RowRef.class) {
                values.add(plain(value(row, component)));
            }
        }
        return values;
    }

    private static Object plain(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Term term) {
            return new Named(term.getClass().getSimpleName(), term.code());
        }
        if (value instanceof BigDecimal number) {
            return number.stripTrailingZeros();
        }
        return value instanceof Collection<?> several
                ? several.stream().map(RowContent::plain).toList()
                : value;
    }

    /** What a cell asks; equal for cells that ask the same. */
    public static List<Object> of(Condition condition) {
        return condition.<List<Object>>fold(
                List::of,
                one -> List.of("one", plain(one.values())),
                none -> List.of("none", plain(none.values())),
                within -> List.of(
                        "within",
                        within.ranges().stream()
                                .map(range -> List.of(
                                        plain(range.from()),
                                        range.fromIncluded(),
                                        plain(range.to()),
                                        range.toIncluded()))
                                .toList()));
    }

    /** Adds the codes of all terms that a row names in its conclusions. */
    public static void codes(Row row, Set<String> codes) {
        for (RecordComponent component : row.getClass().getRecordComponents()) {
            Object value = component.getType() == RowRef.class ? null : value(row, component);
            Collection<?> several =
                    value instanceof Collection<?> all ? all : value == null ? List.of() : List.of(value);
            several.forEach(each -> {
                if (each instanceof Term term) {
                    codes.add(term.code());
                }
            });
        }
    }

    /** What a word of the vocabulary means: its code, and all that is said of it but what it is called. */
    public static Object meaning(Term term) {
        var meaning = new ArrayList<Object>(List.of(plain(term)));
        if (term instanceof Record word) {
            for (RecordComponent component : word.getClass().getRecordComponents()) {
                if (!NAMES.contains(component.getName())) {
                    meaning.add(plain(value(word, component)));
                }
            }
        }
        return meaning;
    }

    /** What a row concludes in words, by the Chinese names of its columns; empty where it says nothing. */
    public static Map<String, String> words(Row row) {
        var words = new LinkedHashMap<String, String>();
        for (RecordComponent component : row.getClass().getRecordComponents()) {
            Column column = component.getAccessor().getAnnotation(Column.class);
            if (column != null) {
                words.put(Attribute.chinese(column.value()), word(value(row, component)));
            }
        }
        return words;
    }

    private static String word(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Term term) {
            return term.label();
        }
        if (value instanceof Limit limit) {
            return limit.label();
        }
        if (value instanceof Boolean yes) {
            return yes ? "是" : "否";
        }
        if (value instanceof BigDecimal number) {
            return number.stripTrailingZeros().toPlainString();
        }
        return value instanceof Collection<?> several
                ? several.stream().map(RowContent::word).collect(Collectors.joining("、"))
                : value.toString();
    }

    private static @Nullable Object value(Object row, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(row);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    /**
     * The places of two sequences that are no part of their longest common one: what was changed, put in, taken out or moved.
     *
     * @return of each sequence, by place, whether it is such a place
     */
    static boolean[][] changed(List<?> before, List<?> after) {
        var places = new HashMap<Object, List<Integer>>();
        for (int i = 0; i < before.size(); i++) {
            places.computeIfAbsent(before.get(i), each -> new ArrayList<>()).add(i);
        }
        // Of the partners in order, the longest ascending sequence: what keeps its order.
        int[] partner = new int[after.size()];
        var used = new HashMap<Object, Integer>();
        for (int i = 0; i < after.size(); i++) {
            List<Integer> of = places.getOrDefault(after.get(i), List.of());
            int nth = used.merge(after.get(i), 1, Integer::sum) - 1;
            partner[i] = nth < of.size() ? of.get(nth) : -1;
        }
        int[] previous = new int[after.size()];
        var ends = new ArrayList<Integer>();
        for (int i = 0; i < after.size(); i++) {
            if (partner[i] < 0) {
                continue;
            }
            int low = 0;
            int high = ends.size();
            while (low < high) {
                int middle = (low + high) / 2;
                if (partner[ends.get(middle)] < partner[i]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            previous[i] = low == 0 ? -1 : ends.get(low - 1);
            if (low == ends.size()) {
                ends.add(i);
            } else {
                ends.set(low, i);
            }
        }
        var changed = new boolean[][] {new boolean[before.size()], new boolean[after.size()]};
        Arrays.fill(changed[0], true);
        Arrays.fill(changed[1], true);
        for (int at = ends.isEmpty() ? -1 : ends.get(ends.size() - 1); at >= 0; at = previous[at]) {
            changed[1][at] = false;
            changed[0][partner[at]] = false;
        }
        return changed;
    }
}
