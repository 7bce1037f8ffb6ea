package liandong.routing;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import liandong.analysis.AnalysedTable;
import liandong.incident.Area;
import liandong.incident.Matter;
import liandong.incident.Report;
import liandong.incident.Source;
import liandong.policy.Policy;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Keywords that contain one another: a text that says the longer one gets the points of both.
 *
 * <p>Most of that is harmless; told one by one is only what turns the outcome. Rows that ask for more than a text are left
 * aside.
 */
final class KeywordAnalysis {
    /** Up to so many pairs each is told by itself, beyond it only how many there are. */
    private static final int PAIRS_TOLD = 20;

    private static final int PAIRS_SHOWN = 3;
    private static final int WORD_LENGTH = 64;

    private final Policy policy;
    private final LocalDate today;
    private final Table<KeywordRow> table;
    private final Consumer<Problem> problems;
    private final Map<String, List<KeywordRow>> byWord = new LinkedHashMap<>();
    private final @Nullable String column;

    private KeywordAnalysis(
            Policy policy, Table<KeywordRow> table, BitSet dead, LocalDate today, Consumer<Problem> problems) {
        this.policy = policy;
        this.today = today;
        this.table = table;
        this.problems = problems;
        this.column = table.wordColumn();
        for (int row = 0; row < table.rows().size() && column != null; row++) {
            if (!dead.get(row) && table.asksOnly(row, column)) {
                for (String word : table.words(row)) {
                    byWord.computeIfAbsent(word, w -> new ArrayList<>())
                            .add(table.rows().get(row));
                }
            }
        }
    }

    /** A row that names a longer word, and one that names a shorter word within it. */
    private record Pair(String longer, KeywordRow row, String shorter, KeywordRow within) {}

    /** Tells what keywords say of each other; what can never apply is left aside. */
    @SuppressWarnings("unchecked") // the caller has looked at the type of its rows
    static void tell(Policy policy, AnalysedTable keywords, LocalDate today, Consumer<Problem> problems) {
        new KeywordAnalysis(policy, (Table<KeywordRow>) keywords.table(), keywords.dead(), today, problems).tell();
    }

    private void tell() {
        var pairs = new ArrayList<Pair>();
        byWord.forEach((word, rows) -> {
            Set<String> within = within(word);
            for (KeywordRow row : rows) {
                for (String shorter : within) {
                    for (KeywordRow other : byWord.getOrDefault(shorter, List.of())) {
                        if (other.points() != row.points()) {
                            pairs.add(new Pair(word, row, shorter, other));
                        }
                    }
                }
            }
            outvoted(word, rows, within);
        });
        if (pairs.size() <= PAIRS_TOLD) {
            pairs.forEach(pair -> problems.accept(Problem.of(
                    Code.KEYWORD_WITHIN,
                    at(pair.row()),
                    says(pair.longer(), pair.row()),
                    says(pair.shorter(), pair.within()) + " "
                            + at(pair.within()).cell())));
        } else {
            String first = pairs.stream()
                    .limit(PAIRS_SHOWN)
                    .map(pair -> at(pair.row()).cell() + " " + pair.longer() + " ⊃ "
                            + at(pair.within()).cell() + " " + pair.shorter())
                    .collect(Collectors.joining("、"));
            long longer = pairs.stream().map(Pair::longer).distinct().count();
            problems.accept(
                    Problem.of(Code.KEYWORDS_WITHIN, table.header(column == null ? "" : column), longer, first));
        }
    }

    private CellRef at(KeywordRow row) {
        return table.at(row, column == null ? "" : column);
    }

    private static String says(String word, KeywordRow row) {
        return word + " → " + row.eventType().label() + " " + row.points();
    }

    private Set<String> within(String word) {
        var within = new LinkedHashSet<String>();
        int length = Math.min(word.length(), WORD_LENGTH);
        for (int from = 0; from < length; from++) {
            for (int to = from + 1; to <= length; to++) {
                String part = word.substring(from, to);
                if (part.length() < word.length() && byWord.containsKey(part)) {
                    within.add(part);
                }
            }
        }
        return within;
    }

    /** Tells of a word whose own topic loses to the topic of words within it. */
    private void outvoted(String word, List<KeywordRow> rows, Set<String> within) {
        var own = points(rows);
        var inner = within.stream()
                .flatMap(part -> byWord.getOrDefault(part, List.of()).stream())
                .toList();
        var all = new HashMap<>(own);
        points(inner).forEach((topic, points) -> all.merge(topic, points, Integer::sum));
        Map.Entry<String, Integer> meant = most(own);
        Map.Entry<String, Integer> winner = most(all);
        int reached = all.getOrDefault(meant.getKey(), 0);
        if (winner.getValue() > reached && counted(word)) {
            rows.stream()
                    .filter(row -> row.eventType().topic().label().equals(meant.getKey()))
                    .findFirst()
                    .ifPresent(row -> problems.accept(Problem.of(
                            Code.KEYWORD_OUTVOTED,
                            at(row),
                            word,
                            winner.getKey() + " (" + winner.getValue() + ")",
                            meant.getKey() + " (" + reached + ")",
                            within.stream()
                                    .flatMap(part -> byWord.getOrDefault(part, List.of()).stream()
                                            .filter(other -> other.eventType()
                                                    .topic()
                                                    .label()
                                                    .equals(winner.getKey()))
                                            .map(other -> at(other).cell() + " " + part + " " + other.points()))
                                    .collect(Collectors.joining("、")))));
        }
    }

    /** Whether keywords are counted at all in a text that says only this word: short texts may be left to the reading. */
    private boolean counted(String word) {
        OffsetDateTime now = today.atTime(9, 0).atZone(policy.calendar().zone()).toOffsetDateTime();
        Area area = policy.vocabulary().all(Area.class).get(0);
        return policy.vocabulary().all(Source.class).stream()
                .map(source -> Matter.of(Report.of("—", now, source, area, word, null)))
                .anyMatch(matter ->
                        !policy.tables(today).match(ThresholdRow.class, matter).isEmpty());
    }

    private static Map<String, Integer> points(List<KeywordRow> rows) {
        var points = new TreeMap<String, Integer>();
        rows.forEach(row -> points.merge(row.eventType().topic().label(), row.points(), Integer::sum));
        return points;
    }

    private static Map.Entry<String, Integer> most(Map<String, Integer> points) {
        return points.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Comparator.comparing(Map.Entry::getKey)))
                .orElseThrow();
    }
}
