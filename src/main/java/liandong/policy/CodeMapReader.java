package liandong.policy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.CodeMapping;
import liandong.incident.Column;
import liandong.incident.EventType;
import liandong.incident.Source;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.sheet.SheetData;
import liandong.table.Grammar;
import liandong.table.LabelUse;
import liandong.table.SheetReader;
import liandong.table.SheetReader.Placed;
import org.jspecify.annotations.Nullable;

/** Reads what outside codes mean in our words: the sheet 对照 of the vocabulary. */
final class CodeMapReader {
    /** The sheet. */
    static final String SHEET = "对照";

    private static final String OURS = "本区名称";
    private static final int NAMED = 5;

    private final Vocabulary vocabulary;
    private final Consumer<Problem> problems;
    private final LabelUse labels;

    CodeMapReader(Vocabulary vocabulary, Consumer<Problem> problems, LabelUse labels) {
        this.labels = labels;
        this.vocabulary = vocabulary;
        this.problems = problems;
    }

    /** The sets whose words outside codes can stand for. */
    enum MappedSet implements Term {
        EVENT_TYPE("事项", EventType.class),
        BODY("单位", Body.class),
        AREA("区域", Area.class),
        SOURCE("来源", Source.class);

        private final String label;
        private final Class<? extends Term> type;

        MappedSet(String label, Class<? extends Term> type) {
            this.label = label;
            this.type = type;
        }

        @Override
        public String code() {
            return name();
        }

        @Override
        public String label() {
            return label;
        }
    }

    /**
     * A row of 对照.
     *
     * @param scheme whose code it is
     * @param code the outside code
     * @param name what the outside calls it; null when not said
     * @param set which set our word is of
     * @param ours our word
     * @param from the first day on which it holds; null for always
     * @param until the last day on which it holds; null for ever
     */
    record CodeMapRow(
            @Column("体系 Scheme") String scheme,
            @Column("外部代码 External code") String code,

            @Column(value = "外部名称 External name", optional = true, mayBeAbsent = true) @Nullable
            String name,

            @Column("对应 Set") MappedSet set,
            @Column("本区名称 Ours") String ours,

            @Column(value = "生效 From", optional = true, mayBeAbsent = true) @Nullable
            LocalDate from,

            @Column(value = "失效 Until", optional = true, mayBeAbsent = true) @Nullable
            LocalDate until) {}

    /** What stands for one thing at a time. */
    private record Outside(String scheme, String code, Class<? extends Term> set) {}

    private record Entry(CodeMapping mapping, int row) {}

    /** The mappings of a sheet, in its order; tells what is wrong with them, and which event types a scheme leaves out. */
    List<CodeMapping> read(SheetData sheet) {
        var all = new ArrayList<CodeMapping>();
        var known = new HashMap<Outside, List<Entry>>();
        var grammar = new Grammar(vocabulary, problems, labels);
        // Rows that have ended are kept: what was sent by an old code must be understood for years.
        var reader = new SheetReader(vocabulary, LocalDate.EPOCH, problems);
        for (Placed<CodeMapRow> placed : reader.records(sheet, CodeMapRow.class)) {
            CodeMapRow row = placed.record();
            Term term = grammar.term(row.set().type, row.ours(), OURS, placed.at(OURS));
            if (row.from() != null && row.until() != null && row.until().isBefore(row.from())) {
                problems.accept(Problem.of(Code.INVERTED_DATES, placed.at("失效"), row.until(), row.from()));
            } else if (term != null) {
                var mapping = new CodeMapping(row.scheme(), row.code(), row.name(), term, row.from(), row.until());
                List<Entry> others = known.computeIfAbsent(
                        new Outside(row.scheme(), row.code(), row.set().type), outside -> new ArrayList<>());
                others.stream()
                        .filter(other -> other.mapping().overlaps(mapping))
                        .findFirst()
                        .ifPresent(other -> problems.accept(Problem.of(
                                Code.TWICE_MAPPED,
                                placed.at("外部代码"),
                                row.code(),
                                row.scheme(),
                                term.label(),
                                other.mapping().term().label(),
                                other.row())));
                others.add(new Entry(mapping, placed.row()));
                all.add(mapping);
            }
        }
        unmapped(sheet, all);
        return List.copyOf(all);
    }

    /** Tells, once for each scheme that maps event types, which ones it leaves out. */
    private void unmapped(SheetData sheet, List<CodeMapping> mappings) {
        Map<String, List<Term>> mapped = new LinkedHashMap<>();
        for (CodeMapping mapping : mappings) {
            if (mapping.term() instanceof EventType) {
                mapped.computeIfAbsent(mapping.scheme(), scheme -> new ArrayList<>())
                        .add(mapping.term());
            }
        }
        List<EventType> types = vocabulary.all(EventType.class);
        mapped.forEach((scheme, terms) -> {
            List<String> without = types.stream()
                    .filter(type -> !terms.contains(type))
                    .map(EventType::label)
                    .toList();
            if (!without.isEmpty()) {
                String first = String.join("、", without.subList(0, Math.min(NAMED, without.size())));
                problems.accept(Problem.of(
                        Code.UNMAPPED_EVENT_TYPES,
                        new CellRef(sheet.file(), sheet.name(), SheetReader.HEADER_ROW, 0),
                        scheme,
                        types.size() - without.size(),
                        types.size(),
                        without.size(),
                        without.size() > NAMED ? first + "…" : first));
            }
        });
    }
}
