package liandong.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import liandong.calendar.Limit;
import liandong.incident.Member.Role;
import liandong.incident.Presented;
import liandong.incident.Term;
import liandong.problem.Location;
import liandong.wire.RecordType.Component;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The members an answer can have, as its records describe them: by name, and within objects and lists in turn. Immutable.
 *
 * <p>Answers of any age are read by it; a member it does not know is one that another program gave.
 */
public final class AnswerShape {
    private final Map<String, Node> nodes;
    private final List<Field> fields;

    /**
     * A member.
     *
     * @param component what describes it
     * @param within what it, or each of its elements, has in turn; null when it is no object
     */
    public record Node(Component component, @Nullable AnswerShape within) {
        /** What part it plays. */
        public Role role() {
            return component.role();
        }
    }

    /**
     * A member with the way to it.
     *
     * @param path members with dots between, {@code []} after a list, e.g. {@code "assignment.stages[].due"}
     * @param label what staff call it there; empty when nothing names it
     * @param trace whether it shows how the answer was come to rather than what was decided
     * @param component what describes it
     */
    public record Field(String path, String label, boolean trace, Component component) {}

    /** Told of members of an answer. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * A member has a value.
         *
         * @param trace whether it shows how the answer was come to rather than what was decided
         * @param value never null; of a list, one of its elements
         */
        void member(Component component, boolean trace, Object value);
    }

    private AnswerShape(Map<String, Node> nodes) {
        this.nodes = nodes;
        var found = new ArrayList<Field>();
        fields("", "", false, found);
        this.fields = List.copyOf(found);
    }

    /**
     * The shape of a type.
     *
     * @param inner the type of a member that says of itself no more than that it is some record
     */
    public static AnswerShape of(Class<?> type, Class<? extends Record> inner) {
        var nodes = new LinkedHashMap<String, Node>();
        collect(type, inner, nodes);
        return new AnswerShape(nodes);
    }

    private static void collect(Class<?> type, Class<? extends Record> inner, Map<String, Node> nodes) {
        for (Component component : RecordType.of(type).components()) {
            Class<?> written = component.written() == Record.class ? inner : component.written();
            if (component.shared()) {
                continue;
            }
            if (component.flattened()) {
                collect(written, inner, nodes);
            } else {
                nodes.put(component.json(), new Node(component, isObject(written) ? of(written, inner) : null));
            }
        }
    }

    /** Whether values of a type are written as objects with members of their own. */
    public static boolean isObject(Class<?> type) {
        return type.isRecord()
                && !Term.class.isAssignableFrom(type)
                && !Location.class.isAssignableFrom(type)
                && type != Limit.class;
    }

    /** The member of a name; null when there is none. */
    public @Nullable Node member(String name) {
        return nodes.get(name);
    }

    /** The members by name, in their order. */
    public Map<String, Node> members() {
        return Collections.unmodifiableMap(nodes);
    }

    /** All members that hold values rather than objects, in the order of the answer. */
    public List<Field> fields() {
        return fields;
    }

    private void fields(String before, String prefix, boolean trace, List<Field> fields) {
        nodes.forEach((name, node) -> {
            Component component = node.component();
            String path = before + name + (component.element() == null ? "" : "[]");
            boolean traces = trace || isTrace(component);
            if (node.within() == null) {
                String label = component.label();
                fields.add(new Field(path, label.isEmpty() ? "" : prefix + label, traces, component));
            } else {
                String more =
                        component.member() == null ? "" : component.member().prefix();
                node.within().fields(path + ".", prefix + more, traces, fields);
            }
        });
    }

    /** What an answer has of the first field that meets a condition and that it has anything of; empty for nothing. */
    public List<JsonNode> find(JsonNode answer, Predicate<Field> wanted) {
        for (Field field : fields) {
            if (wanted.test(field)) {
                List<JsonNode> found = at(answer, field.path());
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return List.of();
    }

    /**
     * What a document has at a path, in its order; empty for nothing.
     *
     * @param path members with dots between, {@code []} after a list
     */
    public static List<JsonNode> at(JsonNode document, String path) {
        var found = new ArrayList<JsonNode>();
        collect(document, List.of(path.split("\\.", -1)), found);
        return found;
    }

    private static void collect(JsonNode node, List<String> path, List<JsonNode> found) {
        if (path.isEmpty()) {
            found.add(node);
            return;
        }
        String name = path.get(0);
        boolean list = name.endsWith("[]");
        JsonNode member = node.path(list ? name.substring(0, name.length() - 2) : name);
        List<String> rest = path.subList(1, path.size());
        if (member.isMissingNode() || member.isNull()) {
            return;
        }
        if (list) {
            member.forEach(each -> collect(each, rest, found));
        } else {
            collect(member, rest, found);
        }
    }

    private static boolean isTrace(Component component) {
        return component.member() != null
                && (component.member().trace() || component.role() == Role.WHY || component.role() == Role.ROW);
    }

    /** Goes through the members of an answer that is still typed. */
    public static void visit(Record answer, Visitor visitor) {
        visit(answer, false, visitor);
    }

    private static void visit(Record record, boolean trace, Visitor visitor) {
        for (Component component : RecordType.of(record.getClass()).components()) {
            Object value = component.of(record);
            if (value == null || component.shared()) {
                continue;
            }
            boolean traces = trace || isTrace(component);
            List<?> values = value instanceof List<?> list ? list : List.of(value);
            for (Object each : values) {
                Object written = each instanceof Presented presented ? presented.presented() : each;
                if (written instanceof Record inner && isObject(inner.getClass())) {
                    visit(inner, traces, visitor);
                } else {
                    visitor.member(component, traces, written);
                }
            }
        }
    }
}
