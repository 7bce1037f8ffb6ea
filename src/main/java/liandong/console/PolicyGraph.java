package liandong.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import liandong.policy.Policy;
import liandong.policy.PolicyPart;
import liandong.policy.RuleOutline;
import liandong.table.Asks;
import liandong.table.Attribute;
import liandong.table.Row;
import liandong.table.Table;
import liandong.wire.RecordType;

/**
 * What asks what in a policy: its tables, its rules, and the conclusions by which one rule follows from another. Made of the
 * policy's own data: the columns in which its rows ask and say something, and the text of its rules.
 */
final class PolicyGraph {
    /** The headlines of rules are numbered by their authors; what is asked outside the rules has a place of its own. */
    private static final String BESIDE = "";

    private PolicyGraph() {}

    /**
     * A table.
     *
     * @param rows how many rows it has
     * @param asks what its rows ask about
     * @param gives what they say
     * @param rules the rules that ask it, by code
     * @param helpers what asks it for rules
     * @param beside whether it is asked beside the rules: for what they begin from, or for the answer
     * @param next the tables that ask about what it says
     * @param foreign whether it belongs to another decision
     */
    record TableNode(
            String sheet,
            int rows,
            List<String> asks,
            List<String> gives,
            List<String> rules,
            List<String> helpers,
            boolean beside,
            List<Next> next,
            boolean foreign) {}

    /** A table that asks about what another says. */
    record Next(String sheet, String what) {}

    /** A rule, with the sheets of the tables that it asks. */
    record RuleNode(RuleOutline rule, List<String> sheets) {}

    /** Something that rules consult, which asks tables for them. */
    record Helper(String name, List<String> sheets, List<String> rules) {}

    /** A conclusion, by its name in rules, with the rules that give it and those that begin from it. */
    record Conclusion(String name, List<String> given, List<String> asked) {}

    /** The rules of one headline, with what is asked there first and what is concluded there first. */
    record Band(
            String title, List<TableNode> tables, List<Helper> helpers, List<RuleNode> rules, List<Conclusion> gives) {}

    /**
     * What asks what within the decisions that share tables and rules.
     *
     * @param code the code of the first of the decisions
     * @param labels what they are called
     */
    record Part(String code, List<String> labels, List<Band> bands) {
        public List<TableNode> tables() {
            return bands.stream().flatMap(band -> band.tables().stream()).toList();
        }

        public List<RuleNode> rules() {
            return bands.stream().flatMap(band -> band.rules().stream()).toList();
        }

        public List<Helper> helpers() {
            return bands.stream().flatMap(band -> band.helpers().stream()).toList();
        }

        public List<Conclusion> conclusions() {
            return bands.stream().flatMap(band -> band.gives().stream()).toList();
        }
    }

    /** The parts of a policy, in the order of its decisions; those that it does not decide are left out. */
    static List<Part> of(Policy policy) {
        List<RuleOutline> rules = RuleOutline.of(policy.files(), Decisions.schema());
        var decisions = new LinkedHashMap<PolicyPart, List<Decision<?, ?>>>();
        Decisions.all().stream()
                .filter(each -> policy.decides(each.part()))
                .forEach(each -> decisions
                        .computeIfAbsent(each.part(), part -> new ArrayList<>())
                        .add(each));
        var parts = new ArrayList<Part>();
        var homes = new LinkedHashMap<RuleOutline, PolicyPart>();
        rules.forEach(rule -> homes.put(rule, home(rule, rules, decisions.keySet())));
        decisions.forEach((part, all) -> parts.add(new Maker(
                        policy,
                        part,
                        all,
                        rules.stream()
                                .filter(rule -> part.equals(homes.get(rule)))
                                .toList())
                .part()));
        return List.copyOf(parts);
    }

    /** The part that most of what the rules of a file speak of belongs to. */
    private static PolicyPart home(RuleOutline rule, List<RuleOutline> rules, Collection<PolicyPart> parts) {
        PolicyPart home = parts.iterator().next();
        long most = 0;
        for (PolicyPart part : parts) {
            Set<String> types = new TreeSet<>();
            part.types().forEach(type -> types.add(type.getSimpleName()));
            List<Class<? extends Row>> tables = part.tables();
            long many = rules.stream()
                    .filter(each -> each.file().equals(rule.file()))
                    .mapToLong(each -> each.tables().stream()
                                    .filter(tables::contains)
                                    .count()
                            + each.gives().stream().filter(types::contains).count())
                    .sum();
            if (many > most) {
                most = many;
                home = part;
            }
        }
        return home;
    }

    private static final class Maker {
        private final Policy policy;
        private final PolicyPart part;
        private final List<Decision<?, ?>> decisions;
        private final List<RuleOutline> rules;
        private final Map<String, List<Class<? extends Row>>> helpers = new LinkedHashMap<>();

        Maker(Policy policy, PolicyPart part, List<Decision<?, ?>> decisions, List<RuleOutline> rules) {
            this.policy = policy;
            this.part = part;
            this.decisions = decisions;
            this.rules = rules;
            RuleOutline.helpers(Decisions.schema()).forEach((name, type) -> {
                List<Class<? extends Row>> asked = asked(type);
                if (!asked.isEmpty()
                        && rules.stream().anyMatch(rule -> rule.consults().contains(name))) {
                    helpers.put(name, asked);
                }
            });
        }

        private static List<Class<? extends Row>> asked(Class<?> type) {
            Asks asks = type.getAnnotation(Asks.class);
            return asks == null
                    ? List.of()
                    : Stream.<Class<? extends Row>>concat(
                                    Stream.of(asks.value()),
                                    Stream.of(asks.by()).flatMap(other -> asked(other).stream()))
                            .toList();
        }

        Part part() {
            List<Class<? extends Row>> beside = decisions.stream()
                    .flatMap(each -> Stream.of(each.facts(), each.answerType()))
                    .flatMap(type -> asked(type).stream())
                    .toList();
            var tables = new LinkedHashSet<Class<? extends Row>>();
            var bands = new ArrayList<Band>();
            var consulted = new LinkedHashSet<String>();
            var concluded = new LinkedHashSet<String>();
            for (String title : titles()) {
                List<RuleOutline> own = rules.stream()
                        .filter(rule -> rule.section().equals(title))
                        .toList();
                var first = new ArrayList<Class<? extends Row>>();
                var helping = new ArrayList<Helper>();
                var gives = new ArrayList<Conclusion>();
                for (RuleOutline rule : own) {
                    for (String name : rule.consults()) {
                        List<Class<? extends Row>> asked = helpers.get(name);
                        if (asked != null && consulted.add(name)) {
                            helping.add(helper(name, asked));
                            asked.stream().filter(tables::add).forEach(first::add);
                        }
                    }
                    rule.tables().stream().filter(tables::add).forEach(first::add);
                    rule.gives().stream().filter(concluded::add).forEach(each -> gives.add(conclusion(each)));
                }
                bands.add(new Band(
                        title,
                        nodes(first, beside),
                        helping,
                        own.stream().map(this::node).toList(),
                        gives));
            }
            List<Class<? extends Row>> rest = Stream.concat(part.tables().stream(), beside.stream())
                    .filter(tables::add)
                    .toList();
            List<TableNode> others = nodes(rest, beside);
            if (!others.isEmpty()) {
                bands.add(new Band(BESIDE, others, List.of(), List.of(), List.of()));
            }
            return new Part(
                    decisions.get(0).code(),
                    decisions.stream().map(Decision::label).toList(),
                    List.copyOf(bands));
        }

        private Set<String> titles() {
            var titles = new LinkedHashSet<String>();
            rules.forEach(rule -> titles.add(rule.section()));
            return titles;
        }

        private RuleNode node(RuleOutline rule) {
            return new RuleNode(rule, sheets(rule.tables()));
        }

        private Helper helper(String name, List<Class<? extends Row>> asked) {
            return new Helper(name, sheets(asked), codes(rule -> rule.consults().contains(name)));
        }

        private Conclusion conclusion(String name) {
            return new Conclusion(
                    name,
                    codes(rule -> rule.gives().contains(name)),
                    codes(rule -> rule.asks().contains(name)));
        }

        private List<String> codes(Predicate<RuleOutline> which) {
            return rules.stream().filter(which).map(RuleOutline::code).toList();
        }

        private List<String> sheets(List<Class<? extends Row>> types) {
            var sheets = new ArrayList<String>();
            for (Class<? extends Row> type : types) {
                Table<? extends Row> table = policy.table(type);
                if (table != null) {
                    sheets.add(table.sheet());
                }
            }
            return List.copyOf(sheets);
        }

        private List<TableNode> nodes(List<Class<? extends Row>> types, List<Class<? extends Row>> beside) {
            var nodes = new ArrayList<TableNode>();
            for (Class<? extends Row> type : types) {
                Table<? extends Row> table = policy.table(type);
                if (table != null) {
                    nodes.add(node(table, type, beside.contains(type)));
                }
            }
            return List.copyOf(nodes);
        }

        private TableNode node(Table<? extends Row> table, Class<? extends Row> type, boolean beside) {
            List<String> gives = says(table);
            return new TableNode(
                    table.sheet(),
                    table.rows().size(),
                    asks(table),
                    gives,
                    codes(rule -> rule.tables().contains(type)),
                    helpers.entrySet().stream()
                            .filter(each -> each.getValue().contains(type))
                            .map(Map.Entry::getKey)
                            .toList(),
                    beside,
                    next(table, gives),
                    !part.tables().contains(type));
        }

        /** The tables of the same decisions that ask about what a table says. */
        private List<Next> next(Table<? extends Row> table, List<String> gives) {
            var next = new ArrayList<Next>();
            for (Class<? extends Row> type : part.tables()) {
                Table<? extends Row> other = policy.table(type);
                if (other != null && other != table) {
                    List<String> asked = asks(other);
                    gives.stream()
                            .filter(each -> asked.stream()
                                    .anyMatch(ask -> Attribute.chinese(ask).equals(Attribute.chinese(each))))
                            .forEach(each -> next.add(new Next(other.sheet(), each)));
                }
            }
            return List.copyOf(next);
        }

        /** The columns in which its rows ask something. */
        private static List<String> asks(Table<? extends Row> table) {
            return table.columns().stream()
                    .filter(column -> table.isUsed(column.attribute().chinese()))
                    .map(column -> column.attribute().header())
                    .toList();
        }

        private static List<String> says(Table<? extends Row> table) {
            return RecordType.of(table.type()).components().stream()
                    .filter(each -> each.column() != null)
                    .map(RecordType.Component::label)
                    .toList();
        }
    }
}
