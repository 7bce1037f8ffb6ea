package liandong.scenario;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.incident.Column;
import liandong.incident.Member;
import liandong.incident.Term;
import liandong.table.Attribute;

/**
 * A column of a scenario sheet that says something of the facts: one member of the request.
 *
 * @param path the member, from the request down; of a list, its first element is {@code "0"}
 * @param header what it is called: Chinese, a space, English
 * @param type what its values are; of a list, its elements
 * @param list whether it holds several
 */
record GivenColumn(List<String> path, String header, Class<?> type, boolean list) {
    /** The columns that facts of a type can have, by every name they go by: Chinese, or the path as in JSON. */
    static Map<String, GivenColumn> of(Class<? extends Record> facts) {
        return BY_TYPE.get(facts);
    }

    private static final ClassValue<Map<String, GivenColumn>> BY_TYPE = new ClassValue<>() {
        @Override
        protected Map<String, GivenColumn> computeValue(Class<?> facts) {
            var columns = new ArrayList<GivenColumn>();
            collect(facts, List.of(), "", columns);
            var byName = new LinkedHashMap<String, GivenColumn>();
            columns.forEach(column -> byName.putIfAbsent(column.name(), column));
            columns.forEach(column -> byName.putIfAbsent(String.join(".", column.path()), column));
            return Collections.unmodifiableMap(byName);
        }
    };

    private static void collect(Class<?> type, List<String> path, String before, List<GivenColumn> columns) {
        for (RecordComponent component : type.getRecordComponents()) {
            var own = new ArrayList<>(path);
            own.add(component.getName());
            boolean list = component.getType() == List.class;
            Class<?> value = list ? element(component) : component.getType();
            boolean record = value.isRecord() && !Term.class.isAssignableFrom(value);
            if (list || !record) {
                columns.add(new GivenColumn(List.copyOf(own), before + header(component), value, list));
            }
            if (record && !list) {
                collect(value, own, before + prefix(component), columns);
            } else if (record && path.isEmpty() && asksForList(type)) {
                // One list is asked about: a row states its first element without more ado.
                own.add("0");
                collect(value, own, before, columns);
            }
        }
    }

    /** Whether facts are one list of records, beside which there are plain values only. */
    static boolean asksForList(Class<?> facts) {
        RecordComponent[] components = facts.getRecordComponents();
        long lists = Stream.of(components)
                .filter(each -> each.getType() == List.class)
                .count();
        boolean plain = Stream.of(components)
                .map(RecordComponent::getType)
                .noneMatch(type -> type.isRecord() && !Term.class.isAssignableFrom(type));
        return lists == 1 && plain;
    }

    /** What a component is called, in Chinese, a space, and English; its name in JSON when it has no other. */
    static String header(RecordComponent component) {
        Member member = component.getAccessor().getAnnotation(Member.class);
        if (member != null && !member.label().isEmpty()) {
            return member.label();
        }
        Column column = component.getAccessor().getAnnotation(Column.class);
        return column == null ? component.getName() : column.value();
    }

    /** What stands before the names of a component's own components; empty for nothing. */
    private static String prefix(RecordComponent component) {
        Member member = component.getAccessor().getAnnotation(Member.class);
        return member == null ? "" : member.prefix();
    }

    static Class<?> element(RecordComponent component) {
        return (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    }

    /** The part of the header that counts. */
    String name() {
        return Attribute.chinese(header);
    }

    /** The member as a JSON pointer. */
    String pointer() {
        return path.stream().map(part -> "/" + part).collect(Collectors.joining());
    }
}
