package liandong.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.Category;
import liandong.incident.EventType;
import liandong.incident.Member.Role;
import liandong.incident.Nearest;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.wire.AnswerShape;
import liandong.wire.FactReader;
import liandong.wire.SetNames;
import org.jspecify.annotations.Nullable;

/**
 * The words that decisions can be looked for by: a word that nobody knows finds nothing, which would look as if nothing had
 * been decided so.
 *
 * <p>What is known is known to the policy that is served, or to the journal: decisions keep the words of the policies that they
 * were made by. Ids of rows, rules, callers and policies are no words; any may be looked for.
 */
public final class SearchWords {
    private static final Map<String, Class<? extends Term>> SETS =
            Map.of("body", Body.class, "eventType", EventType.class, "category", Category.class, "area", Area.class);

    /** What a decision's outcome is called when it has several that differ. */
    static final String MIXED = "MIXED";

    private static final Map<String, Map<String, String>> CLOSED = Map.of(
            "kind", kinds(),
            "outcome", outcomes(),
            "event", events(),
            "desk", desk());

    private final @Nullable Archive archive;
    private final Supplier<@Nullable Vocabulary> vocabulary;

    /** The words of the program alone: those of a policy are not judged. */
    public SearchWords() {
        this.archive = null;
        this.vocabulary = () -> null;
    }

    /**
     * All words.
     *
     * @param archive whose decisions have words of their own
     * @param vocabulary that of the policy that is served
     */
    public SearchWords(Archive archive, Vocabulary vocabulary) {
        this(archive, () -> vocabulary);
    }

    /**
     * All words.
     *
     * @param archive whose decisions have words of their own
     * @param vocabulary gets that of the policy that is served, once one of its words is looked for; null when there is none,
     *     and its words are not judged
     */
    public SearchWords(Archive archive, Supplier<@Nullable Vocabulary> vocabulary) {
        this.archive = archive;
        this.vocabulary = vocabulary;
    }

    private static Map<String, String> kinds() {
        var kinds = new LinkedHashMap<String, String>();
        Decisions.all().forEach(kind -> kinds.put(kind.code(), kind.label()));
        return kinds;
    }

    private static Map<String, String> outcomes() {
        var outcomes = new TreeMap<String, String>();
        outcomes.put(MIXED, "");
        for (Decision<?, ?> kind : Decisions.all()) {
            for (AnswerShape.Field field : kind.shape().fields()) {
                Object[] values = field.component().value().getEnumConstants();
                if (field.component().role() == Role.OUTCOME && values != null) {
                    for (Object value : values) {
                        outcomes.putIfAbsent(((Term) value).code(), ((Term) value).label());
                    }
                }
            }
        }
        return outcomes;
    }

    private static Map<String, String> events() {
        var events = new LinkedHashMap<String, String>();
        SearchTerms.TROUBLE.stream().sorted().forEach(event -> events.put(event.code(), event.label()));
        return events;
    }

    private static Map<String, String> desk() {
        var desk = new LinkedHashMap<String, String>();
        for (String mark : List.of(SearchTerms.LEFT, SearchTerms.JUDGED, SearchTerms.DANGER)) {
            desk.put(mark.substring(mark.indexOf(' ') + 1), "");
        }
        return desk;
    }

    /**
     * The marks of the decisions that are looked for by a value: any one of them will do.
     *
     * @param name what it is looked for as, see {@link DecisionQueryParser#MARKED}
     * @param problems gets a word that nobody knows
     * @return empty when every decision meets it
     */
    List<String> marks(String name, String value, Consumer<Problem> problems) {
        String mark = name + " " + value;
        Map<String, String> closed = CLOSED.get(name);
        if (closed != null) {
            if (!closed.containsKey(value) && !isKept(mark)) {
                problems.accept(Problem.of(
                        Code.UNKNOWN_CHOICE,
                        new FileRef(name),
                        FactReader.shortened(value),
                        nearest(closed, value) + listed(closed)));
            }
            return List.of(mark);
        }
        Class<? extends Term> set = SETS.get(name);
        Vocabulary words = set == null ? null : vocabulary.get();
        return set == null || words == null ? List.of(mark) : marks(name, set, value, words, problems);
    }

    private List<String> marks(
            String name, Class<? extends Term> set, String value, Vocabulary vocabulary, Consumer<Problem> problems) {
        String mark = name + " " + value;
        Term term = vocabulary.find(set, value);
        if (term == null) {
            if (!isKept(mark) && !(set == Body.class && vocabulary.territory(value) != null)) {
                problems.accept(Problem.of(
                        Code.UNKNOWN_CODE,
                        new FileRef(name),
                        FactReader.shortened(value),
                        SetNames.of(set),
                        FactReader.nearest(vocabulary, set, value) + FactReader.allowed(vocabulary, set),
                        Objects.requireNonNullElse(Vocabulary.sheet(set), name)));
            }
            return List.of(mark);
        }
        if (term.equals(vocabulary.widest())) {
            return List.of(); // everything lies in it, so no decision is marked with it
        }
        if (!term.aliases().contains(value)) {
            return List.of(mark);
        }
        // By its code what was decided before it was renamed is found too. What was decided while the other name was a
        // word of
        // its own, with a code of its own, is marked by that alone.
        String code = name + " " + term.code();
        return isKept(mark) ? List.of(code, mark) : List.of(code);
    }

    private boolean isKept(String mark) {
        return archive != null && archive.knows(mark);
    }

    private static String nearest(Map<String, String> closed, String value) {
        var known = new ArrayList<String>(closed.keySet());
        String code = closed.containsKey(value.toUpperCase(Locale.ROOT))
                ? value.toUpperCase(Locale.ROOT)
                : Nearest.of(value, known);
        if (code == null) {
            String label = Nearest.of(
                    value,
                    closed.values().stream().filter(each -> !each.isEmpty()).collect(Collectors.toSet()));
            code = closed.entrySet().stream()
                    .filter(each -> each.getValue().equals(label))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
        }
        return code == null ? "" : code + "? ";
    }

    private static String listed(Map<String, String> closed) {
        return closed.entrySet().stream()
                .map(each -> (each.getKey() + " " + each.getValue()).strip())
                .collect(Collectors.joining(", "));
    }
}
