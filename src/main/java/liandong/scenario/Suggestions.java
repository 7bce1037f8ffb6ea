package liandong.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import liandong.decision.Decision;
import liandong.explain.Phrases;
import liandong.policy.Policy;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.scenario.Cases.Result;
import liandong.scenario.Coverage.Question;
import liandong.table.Row;
import liandong.table.TableQuery;
import liandong.wire.BadRequestException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds cases for what scenarios have not shown of a policy: rows that never decided, conditions never put to the test,
 * values at and beside a bound.
 *
 * <p>A case is found by changing one that is there, step by step towards what is wanted, and asking the service each time;
 * it comes with today's answer and is for a person to tick or correct. No chance has a part in it: the same policy and
 * scenarios give the same suggestions.
 */
public final class Suggestions {
    private static final int STARTS = 6;
    private static final int NEAREST = 3;
    private static final int STEPS = 5;
    private static final int DONORS = 4;
    private static final int QUARTERS = 3;
    private static final List<Integer> WORDS_AT_ONCE = List.of(40, 12, 4, 1);

    private final Policy policy;
    private final Coverage coverage;
    private final int tries;
    private final BooleanSupplier goOn;
    private final Map<Class<? extends Row>, List<Place>> places = new HashMap<>();
    private final List<Suggestion> found = new ArrayList<>();
    private final Moves moves;

    /** A question, and the request that led to it. */
    private record Place(Base base, TableQuery asked) {}

    /**
     * A request that changes start from.
     *
     * @param file the scenario workbook it came from
     * @param fired rows and rules that its answer rests on
     */
    record Base(Decision<?, ?> kind, String file, ObjectNode request, Set<String> fired) {}

    /**
     * A case to add.
     *
     * @param file the scenario workbook with the case it was made from
     * @param aim what it shows that had not been shown
     * @param row the case
     */
    public record Suggestion(String file, CoverageGoal aim, RecordedCase row) {}

    /** Why something could not be shown. */
    public enum Why {
        /** No decision of a scenario asks the table anything. */
        NEVER_ASKED,
        /** Rows above always cover the same facts. */
        COVERED_ABOVE,
        /** The row covers facts, but the answers rest on others. */
        OUTWEIGHED,
        /** No change that was tried makes its conditions so. */
        NOT_MET,
        /** Time was up before it was tried. */
        NOT_TRIED
    }

    /**
     * What no suggestion shows.
     *
     * @param aim what
     * @param why why
     * @param rows ids of the rows that stand above; empty for any other reason
     */
    public record Unreached(CoverageGoal aim, Why why, List<String> rows) {
        /** The same in one line. */
        public String line(Phrases say) {
            return aim.line(say, rows);
        }
    }

    /**
     * What came of the search.
     *
     * @param cases the suggestions, in the order of the tables' files, sheets and rows
     * @param unreached what they do not show
     * @param before what the scenarios have shown
     * @param after what they and the suggestions together show
     */
    public record Outcome(List<Suggestion> cases, List<Unreached> unreached, Coverage.Sum before, Coverage.Sum after) {}

    /** Told of each thing to be shown that has been dealt with. */
    @FunctionalInterface
    public interface Progress {
        /** So many of so many have been dealt with. */
        void done(int number, int of);
    }

    private Suggestions(Policy policy, int tries, BooleanSupplier goOn) {
        this.policy = policy;
        this.coverage = new Coverage(policy);
        this.tries = tries;
        this.goOn = goOn;
        this.moves = new Moves(policy);
    }

    /**
     * Finds cases.
     *
     * @param tries how many changed requests are tried at most for one thing to be shown
     * @param goOn asked before each scenario, and before each thing to be shown; once it says no, the rest is left
     */
    public static Outcome find(
            Policy policy, List<Scenario> scenarios, int tries, BooleanSupplier goOn, Progress progress) {
        return find(policy, scenarios, aim -> true, tries, goOn, progress);
    }

    /**
     * Finds cases for some of what has not been shown.
     *
     * @param wanted what is looked for
     */
    public static Outcome find(
            Policy policy,
            List<Scenario> scenarios,
            Predicate<CoverageGoal> wanted,
            int tries,
            BooleanSupplier goOn,
            Progress progress) {
        var suggestions = new Suggestions(policy, tries, goOn);
        for (Scenario scenario : scenarios) {
            if (!goOn.getAsBoolean()) {
                break;
            }
            var trace = new LinkedHashSet<Question>();
            Result result = suggestions.coverage.run(scenario, trace);
            if (!result.answer().has("problems")) {
                suggestions.learn(
                        new Base(scenario.kind(), scenario.at().file(), scenario.request(), fired(result.answer())),
                        trace);
            }
        }
        return suggestions.all(wanted, progress);
    }

    private void learn(Base base, Set<Question> trace) {
        moves.learn(base);
        for (Question question : trace) {
            places.computeIfAbsent(question.table().type(), type -> new ArrayList<>())
                    .add(new Place(base, new TableQuery(question.table(), question.fact(), question.on())));
        }
    }

    private Outcome all(Predicate<CoverageGoal> wanted, Progress progress) {
        Coverage.Sum before = coverage.sum();
        var unreached = new ArrayList<Unreached>();
        List<List<CoverageGoal>> open = coverage.tables().stream()
                .map(table -> coverage.open(table).stream().filter(wanted).toList())
                .toList();
        int of = open.stream().mapToInt(List::size).sum();
        int done = 0;
        for (List<CoverageGoal> aims : open) {
            words(aims);
            for (CoverageGoal aim : aims) {
                if (!coverage.shown(aim)) {
                    Unreached not = goOn.getAsBoolean() ? search(aim) : new Unreached(aim, Why.NOT_TRIED, List.of());
                    if (not != null) {
                        unreached.add(not);
                    }
                }
                progress.done(++done, of);
            }
        }
        // What came later may have shown in passing what could not be shown before.
        unreached.removeIf(each -> coverage.shown(each.aim()));
        return new Outcome(List.copyOf(found), List.copyOf(unreached), before, coverage.sum());
    }

    /** Rows that look for words and conclude the same are shown together: a text may have the words of many. */
    private void words(List<CoverageGoal> aims) {
        Map<String, List<CoverageGoal>> alike = aims.stream()
                .filter(aim -> aim.shows() == CoverageGoal.Shows.DECIDES && onlyWords(aim))
                .collect(Collectors.groupingBy(aim -> conclusion(aim.of()), LinkedHashMap::new, Collectors.toList()));
        for (List<CoverageGoal> group : alike.values()) {
            // Fewer at once where the words of many speak for something else together.
            for (int size : WORDS_AT_ONCE) {
                List<CoverageGoal> left =
                        group.stream().filter(aim -> !coverage.shown(aim)).toList();
                for (int from = 0; from < left.size() && goOn.getAsBoolean(); from += size) {
                    List<CoverageGoal> some = left.subList(from, Math.min(left.size(), from + size));
                    text(
                            some,
                            some.stream()
                                    .map(aim -> aim.table().words(aim.row()).get(0))
                                    .distinct()
                                    .collect(Collectors.joining("；")));
                }
            }
        }
    }

    private void text(List<CoverageGoal> aims, String text) {
        for (Place place : nearest(aims.get(0))) {
            List<CoverageGoal> left =
                    aims.stream().filter(aim -> !coverage.shown(aim)).toList();
            ObjectNode request = left.isEmpty() ? null : moves.withText(place.base(), left.get(0), text);
            if (request != null) {
                keep(place.base(), request, left);
            }
        }
    }

    private static boolean onlyWords(CoverageGoal aim) {
        String words = aim.table().wordColumn();
        return words != null
                && !aim.table().words(aim.row()).isEmpty()
                && aim.table().asksOnly(aim.row(), words);
    }

    private static String conclusion(Row row) {
        String says = row.ref().says();
        return says.substring(says.indexOf('→') + 1).replaceAll("[0-9]", "");
    }

    // ———— Searching ————

    /** Searches for a case that shows something, and keeps it; tells why there is none otherwise. */
    private @Nullable Unreached search(CoverageGoal aim) {
        List<Place> starts = nearest(aim);
        if (starts.isEmpty()) {
            return new Unreached(aim, Why.NEVER_ASKED, List.of());
        }
        if (aim.shows() == CoverageGoal.Shows.DECIDES && onlyWords(aim)) {
            return new Unreached(aim, Why.OUTWEIGHED, List.of()); // its words have been tried, alone and with others
        }
        var tried = new HashSet<String>();
        Place best = starts.get(0);
        for (Place start : starts) {
            Place at = start;
            double distance = aim.distance(at.asked());
            for (int step = 0; step < STEPS && at != null; step++) {
                Place next = null;
                double least = distance;
                for (ObjectNode request : moves.from(at.base(), aim, at.asked(), donors(aim, at))) {
                    if (tried.size() >= tries) {
                        break;
                    }
                    if (!tried.add(request.toString())) {
                        continue;
                    }
                    Base changed = new Base(at.base().kind(), at.base().file(), request, Set.of());
                    if (keep(changed, request, List.of(aim))) {
                        return null;
                    }
                    Place near = last.stream()
                            .filter(question ->
                                    question.table().type().equals(aim.table().type()))
                            .map(question -> new Place(
                                    changed, new TableQuery(question.table(), question.fact(), question.on())))
                            .min(Comparator.comparingDouble(place -> aim.distance(place.asked())))
                            .orElse(null);
                    double far = near == null ? Double.MAX_VALUE : aim.distance(near.asked());
                    if (far < least) {
                        least = far;
                        next = near;
                        if (far <= distance - 1) {
                            break;
                        }
                    }
                }
                distance = least;
                at = next;
                if (next != null && aim.distance(next.asked()) < aim.distance(best.asked())) {
                    best = next;
                }
            }
        }
        List<String> above = aim.coveredBy(best.asked());
        double distance = aim.distance(best.asked());
        if (aim.shows() == CoverageGoal.Shows.DECIDES && distance < 1) {
            return new Unreached(aim, above.isEmpty() ? Why.OUTWEIGHED : Why.COVERED_ABOVE, above);
        }
        return new Unreached(aim, Why.NOT_MET, List.of());
    }

    /** The requests whose questions are nearest to showing something, each once. */
    private List<Place> nearest(CoverageGoal aim) {
        record Far(Place place, double distance) {}
        var far = new ArrayList<Far>();
        for (Place place : places.getOrDefault(aim.table().type(), List.of())) {
            far.add(new Far(place, aim.distance(place.asked())));
        }
        far.sort(Comparator.comparingDouble(Far::distance));
        Set<String> rows =
                aim.table().rows().stream().map(row -> row.ref().id()).collect(Collectors.toSet());
        var nearest = new LinkedHashMap<ObjectNode, Place>();
        far.stream()
                .limit(NEAREST)
                .forEach(each -> nearest.putIfAbsent(each.place().base().request(), each.place()));
        // Where another row of the table has decided, this one may, too.
        far.stream()
                .filter(each -> each.place().base().fired().stream().anyMatch(rows::contains))
                .limit(STARTS - NEAREST)
                .forEach(each -> nearest.putIfAbsent(each.place().base().request(), each.place()));
        return List.copyOf(nearest.values());
    }

    /** Requests of which a question already has what this one lacks first. */
    private List<Base> donors(CoverageGoal aim, Place at) {
        List<CoverageGoal.Want> wants = aim.wants(at.asked(), policy.vocabulary());
        if (wants.isEmpty()) {
            return List.of();
        }
        var donors = new LinkedHashSet<Base>();
        for (CoverageGoal.Want want : wants) {
            int own = 0;
            for (Place place : places.getOrDefault(aim.table().type(), List.of())) {
                if (own == DONORS) {
                    break;
                }
                Object value = want.attribute().of().apply(place.asked().fact());
                boolean has = value != null && want.values().stream().anyMatch(value::equals);
                if (place.base().kind() == at.base().kind() && has) {
                    own += donors.add(place.base()) ? 1 : 0;
                }
            }
        }
        return List.copyOf(donors);
    }

    /** What the decision last tried asked of the tables. */
    private Set<Question> last = Set.of();

    /** Asks the service; keeps the case if its answer shows any of what is wanted. */
    private boolean keep(Base from, ObjectNode request, List<CoverageGoal> wanted) {
        boolean ended = false;
        for (int quarters = 0; quarters < QUARTERS && (quarters == 0 || ended); quarters++) {
            ObjectNode asked = quarters == 0 ? request : Moves.earlier(request, quarters);
            if (tries(from, asked, wanted)) {
                return true;
            }
            ended = calendarEnded;
        }
        return false;
    }

    /** Whether what was last tried falls due beyond the calendar: asked about a quarter before, it may not. */
    private boolean calendarEnded;

    private boolean tries(Base from, ObjectNode request, List<CoverageGoal> wanted) {
        var trace = new LinkedHashSet<Question>();
        Policy watched = policy.watched((table, fact, on, singly) -> trace.add(new Question(table, fact, on, singly)));
        Scenario scenario = scenario(from.kind(), request);
        ObjectNode answer = Cases.run(watched, scenario).answer();
        last = trace;
        calendarEnded =
                answer.path("problems").path(0).path("code").asString("").equals(Code.CALENDAR_ENDED.name());
        if (answer.has("problems")) {
            last = Set.of();
            return false;
        }
        Set<String> fired = fired(answer);
        CoverageGoal shown = wanted.stream()
                .filter(aim -> !coverage.shown(aim) && shows(aim, trace, fired))
                .findFirst()
                .orElse(null);
        if (shown == null) {
            return false;
        }
        RecordedCase row = recorded(from.kind(), request, answer, shown);
        if (row == null) {
            return false;
        }
        var again = new LinkedHashSet<Question>();
        coverage.run(scenario, again);
        learn(new Base(from.kind(), from.file(), request, fired), again);
        found.add(new Suggestion(from.file(), shown, row));
        return true;
    }

    private static Set<String> fired(JsonNode answer) {
        Set<String> fired = new HashSet<>();
        answer.path("fired").forEach(id -> fired.add(id.stringValue()));
        return fired;
    }

    private static boolean shows(CoverageGoal aim, Set<Question> trace, Set<String> fired) {
        if (aim.shows() == CoverageGoal.Shows.DECIDES) {
            return fired.contains(aim.of().ref().id());
        }
        return trace.stream()
                .filter(question -> question.table().type().equals(aim.table().type()))
                .anyMatch(question ->
                        aim.distance(new TableQuery(question.table(), question.fact(), question.on())) == 0);
    }

    private @Nullable RecordedCase recorded(
            Decision<?, ?> kind, JsonNode request, JsonNode answer, CoverageGoal shown) {
        try {
            return RecordedCase.of(policy, kind, request, answer).about(title(shown), "suggest：今天的答复，还没有人认可");
        } catch (BadRequestException e) {
            return null; // it has just been taken, so this cannot be; a case that cannot be written is none
        }
    }

    /** What a suggestion is about, for a tester. */
    static String title(CoverageGoal aim) {
        String row = aim.of().ref().id();
        String cell = aim.header() + " " + aim.text();
        return switch (aim.shows()) {
            case EDGE ->
                row + " 边上：" + aim.header() + " " + Expectation.plain(Objects.requireNonNull(aim.edge())) + "（"
                        + aim.text() + "）";
            case DECIDES -> row + " 命中";
            case DECIDING -> row + " 只差：" + cell;
            case HOLDS -> row + " 成立：" + cell;
            case FAILS -> row + " 不成立：" + cell;
        };
    }

    private static Scenario scenario(Decision<?, ?> kind, ObjectNode request) {
        return new Scenario("", "", kind, request, List.of(), new CellRef("", "", 1, 0), "", false);
    }
}
