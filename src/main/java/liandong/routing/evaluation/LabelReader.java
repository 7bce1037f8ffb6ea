package liandong.routing.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.cli.cases.CsvRows;
import liandong.cli.terminal.CommandFailure;
import liandong.explain.Columns;
import liandong.explain.Phrases;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.problem.Code;
import liandong.problem.LineRef;
import liandong.problem.Problem;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads labelled texts, row by row. */
final class LabelReader {
    private static final Pattern SEVERAL = Pattern.compile("[|｜、]");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");
    private static final int LABEL_SHOWN = 40;
    private static final int LABELS_SHOWN = 20;
    private static final List<Part> MATTER = List.of(Part.LEAD, Part.CATEGORY, Part.TOPIC);

    private final String file;
    private final CsvRows rows;
    private final Vocabulary vocabulary;
    private final Consumer<Problem> problems;
    private final Names names;
    private final List<PartColumns> parts;
    private final Set<String> unknown = new HashSet<>();

    /**
     * The names of the columns besides those of the labels.
     *
     * @param text of the texts
     * @param source of who brought them; null for none
     * @param area of where they happened; null for none
     * @param facts of what else is known; null for none
     * @param by of what rows are counted by besides the whole; null for none
     */
    record Names(
            String text,
            @Nullable String source,
            @Nullable String area,
            @Nullable String facts,
            @Nullable String by) {}

    /**
     * A reader.
     *
     * @param problems gets labels that no word of the vocabulary is
     * @throws CommandFailure if there is no such column
     */
    LabelReader(
            String file,
            CsvRows rows,
            Names names,
            List<PartColumns> parts,
            Vocabulary vocabulary,
            Consumer<Problem> problems,
            Phrases say)
            throws CommandFailure {
        this.file = file;
        this.rows = rows;
        this.names = names;
        this.parts = parts;
        this.vocabulary = vocabulary;
        this.problems = problems;
        Stream.concat(
                        Stream.of(names.text, names.source, names.area, names.facts, names.by),
                        parts.stream().flatMap(each -> Stream.of(each.column(), each.acceptable())))
                .filter(name -> name != null && !rows.header().contains(name))
                .findFirst()
                .ifPresent(unknown::add);
        if (!unknown.isEmpty()) {
            String missing = unknown.iterator().next();
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    List.of(say.of("evaluate.noColumn", file, missing, String.join(", ", rows.header()))));
        }
    }

    /**
     * The next row that can be read; null when there is none.
     *
     * @param unusable gets what is wrong with a row that cannot be used
     */
    @Nullable
    LabelledText next(Consumer<List<Problem>> unusable) throws CommandFailure {
        for (CsvRows.Row row = rows.next(); row != null; row = rows.next()) {
            Problem fault = rows.fault(row);
            if (fault == null) {
                return labelled(row);
            }
            unusable.accept(List.of(fault));
        }
        return null;
    }

    private LabelledText labelled(CsvRows.Row row) {
        Map<Part, Wanted> wanted = new EnumMap<>(Part.class);
        var at = new LineRef(file, row.line());
        for (PartColumns each : parts) {
            var words = new ArrayList<Word>(words(each.part(), cell(row, each.column()), at));
            if (!words.isEmpty()) {
                words.addAll(words(each.part(), cell(row, each.acceptable()), at));
                wanted.put(each.part(), new Wanted(List.copyOf(words)));
            }
        }
        return new LabelledText(
                row.line(),
                row.number(),
                cell(row, names.text),
                facts(row),
                cell(row, names.by).strip(),
                isMatter(wanted),
                wanted);
    }

    private boolean isMatter(Map<Part, Wanted> wanted) {
        List<Part> labelled = parts.stream().map(PartColumns::part).toList();
        if (labelled.contains(Part.EVENT_TYPE)) {
            return wanted.containsKey(Part.EVENT_TYPE);
        }
        return MATTER.stream().noneMatch(labelled::contains) || MATTER.stream().anyMatch(wanted::containsKey);
    }

    private String cell(CsvRows.Row row, @Nullable String column) {
        return column == null ? "" : row.fields().get(rows.header().indexOf(column));
    }

    private ObjectNode facts(CsvRows.Row row) {
        ObjectNode facts = Json.object();
        put(facts, "source", cell(row, names.source));
        put(facts, "area", cell(row, names.area));
        for (String fact : cell(row, names.facts).split("[;；]", -1)) {
            if (!fact.isBlank()) {
                int equals = fact.indexOf('=');
                put(
                        facts,
                        equals < 0 ? fact : fact.substring(0, equals),
                        equals < 0 ? "true" : fact.substring(equals + 1));
            }
        }
        return facts;
    }

    private static void put(ObjectNode facts, String name, String typed) {
        String value = typed.strip();
        if (value.equals("true") || value.equals("false")) {
            facts.put(name.strip(), value.equals("true"));
        } else if (WHOLE.matcher(value).matches() && !name.equals("area")) {
            facts.put(name.strip(), Integer.parseInt(value));
        } else if (!value.isEmpty()) {
            facts.put(name.strip(), value);
        }
    }

    /** The words of a cell. A cell that is one word of the vocabulary is that word, whatever signs are in it. */
    private List<Word> words(Part part, String cell, LineRef at) {
        String whole = cell.strip();
        if (whole.isEmpty()) {
            return List.of();
        }
        Term one = term(part, whole);
        if (one != null) {
            return List.of(Word.of(one));
        }
        return SEVERAL.splitAsStream(whole)
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .map(word -> word(part, word, at))
                .toList();
    }

    private @Nullable Term term(Part part, String word) {
        Class<? extends Term> set = part.set();
        Term term = set == null ? null : vocabulary.find(set, word);
        return term == null && part == Part.LEAD ? vocabulary.territory(word) : term;
    }

    /** The word as the vocabulary has it; as it is, and told once, when the vocabulary has not. */
    private Word word(Part part, String word, LineRef at) {
        Term term = term(part, word);
        if (term != null) {
            return Word.of(term);
        }
        Class<? extends Term> set = part.set();
        if (set != null && unknown.add(part + " " + word)) {
            List<? extends Term> all = vocabulary.all(set);
            String nearest = vocabulary.nearest(set, word);
            String allowed = all.stream().limit(LABELS_SHOWN).map(Term::label).collect(Collectors.joining(", "));
            problems.accept(Problem.of(
                    Code.UNKNOWN_CODE,
                    at,
                    Columns.shortened(word, LABEL_SHOWN),
                    part.json(),
                    (nearest == null ? "" : nearest + "? ") + allowed + (all.size() > LABELS_SHOWN ? ", …" : ""),
                    Objects.requireNonNullElse(Vocabulary.sheet(set), part.json())));
        }
        return new Word(word, word);
    }
}
