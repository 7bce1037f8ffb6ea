package liandong.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Which words the cells of a policy name, and which they name that are none.
 *
 * <p>A label that was changed in the vocabulary alone leaves every cell behind that names it. That is one fault, at the
 * word, and not one at each of the cells; it shows when all of them have been read.
 */
public final class LabelUse {
    /** As many cells as must name a word that is none before it is taken for a former name by that alone. */
    private static final int MANY = 3;

    /** As many places as are named. */
    private static final int MOST_PLACES = 3;

    private final Map<Class<? extends Term>, Set<String>> used = new HashMap<>();
    private final Map<Class<? extends Term>, Map<String, List<Unknown>>> unknown = new LinkedHashMap<>();

    /** A cell that names what is no word, and what would be told there. */
    private record Unknown(CellRef at, List<Problem> problems) {}

    /** Notes that a cell names a word. */
    void uses(Class<? extends Term> set, Term word) {
        used.computeIfAbsent(set, each -> new HashSet<>()).add(word.code());
    }

    /**
     * Notes that a cell names what is no word of its set.
     *
     * @param problems what is to be told there, unless it is a former name
     */
    void misses(Class<? extends Term> set, String name, CellRef at, List<Problem> problems) {
        unknown.computeIfAbsent(set, each -> new LinkedHashMap<>())
                .computeIfAbsent(name, each -> new ArrayList<>())
                .add(new Unknown(at, problems));
    }

    /**
     * Tells of words that are none: at the word of the vocabulary that probably had the name before, else at each cell.
     *
     * @param places where the labels of the vocabulary stand
     */
    public void tell(Vocabulary vocabulary, Map<Term, CellRef> places, Consumer<Problem> problems) {
        unknown.forEach((set, names) -> {
            List<Term> idle = idle(set, vocabulary, places);
            long often = names.values().stream()
                    .filter(cells -> cells.size() >= MANY)
                    .count();
            names.forEach((name, cells) -> {
                Term renamed = renamed(name, cells.size(), vocabulary.all(set), idle, often == 1);
                if (renamed == null) {
                    cells.forEach(cell -> cell.problems().forEach(problems));
                } else {
                    problems.accept(Problem.of(
                            Code.RENAMED_LABEL,
                            Objects.requireNonNull(places.get(renamed)),
                            renamed.code(),
                            renamed.label(),
                            name,
                            cells.size(),
                            shown(cells)));
                }
            });
        });
    }

    /** The words of a set that no cell names. */
    private List<Term> idle(Class<? extends Term> set, Vocabulary vocabulary, Map<Term, CellRef> places) {
        Set<String> codes = used.getOrDefault(set, Set.of());
        return vocabulary.all(set).stream()
                .<Term>map(term -> term)
                .filter(term -> !codes.contains(term.code()) && places.containsKey(term))
                .toList();
    }

    /**
     * The word that had a name before; null where that cannot be told.
     *
     * <p>It is named by no cell, and resembles the former name more than any other word does, or holds it, as 司法局（本级） holds
     * 司法局, or is the only one that no cell names.
     */
    private static @Nullable Term renamed(
            String name, int cells, List<? extends Term> all, List<Term> idle, boolean alone) {
        String nearest = Vocabulary.nearest(all, name);
        String idler = cells < 2 ? null : Vocabulary.nearest(idle, name);
        boolean like = idler != null && (idler.equals(nearest) || idler.contains(name) || name.contains(idler));
        if (nearest != null || like) {
            return like
                    ? idle.stream()
                            .filter(term -> term.label().equals(idler))
                            .findFirst()
                            .orElse(null)
                    : null;
        }
        return cells >= MANY && alone && idle.size() == 1 ? idle.get(0) : null;
    }

    private static String shown(List<Unknown> cells) {
        String first = cells.stream()
                .limit(MOST_PLACES)
                .map(cell -> cell.at().toString())
                .collect(Collectors.joining("、"));
        return cells.size() > MOST_PLACES ? first + "…" : first;
    }
}
