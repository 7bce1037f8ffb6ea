package liandong.scenario;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import liandong.incident.Nearest;
import liandong.incident.Term;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.sheet.Cell;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Understands the cells of scenarios and stories that say what is expected; what is wrong with one is told at it. */
final class ExpectedCell {
    private ExpectedCell() {}

    /**
     * What rows and rules are expected to be among the reasons, or not to be.
     *
     * @param ids those there are
     */
    static List<Expectation> fired(
            Cell fires, CellRef firesAt, Cell not, CellRef notAt, Set<String> ids, List<Problem> own) {
        Expectation yes = fired(ScenarioReader.FIRES, fires, firesAt, Expectation.How.INCLUDING, ids, own);
        Expectation no = fired(ScenarioReader.FIRES_NOT, not, notAt, Expectation.How.EXCLUDING, ids, own);
        if (yes != null && no != null) {
            no.values().stream()
                    .filter(yes.values()::contains)
                    .forEach(id ->
                            own.add(Problem.of(Code.IMPOSSIBLE_EXPECTATION, no.at(), id, ScenarioReader.FIRES_NOT)));
        }
        return Stream.of(yes, no)
                .filter(each -> each != null && !each.text().isEmpty())
                .toList();
    }

    private static @Nullable Expectation fired(
            String name, Cell cell, CellRef at, Expectation.How how, Set<String> ids, List<Problem> own) {
        if (cell.isEmpty()) {
            return null;
        }
        var values = new ArrayList<String>();
        for (String word : cell.text().split("[、\n]", -1)) {
            String id = word.strip();
            if (!ids.contains(id)) {
                String nearest = Nearest.of(id, ids);
                own.add(Problem.of(Code.UNKNOWN_ROW, at, id, nearest == null ? "–" : nearest));
            }
            values.add(id);
        }
        return new Expectation(Part.FIRED, name, cell.text(), at, how, List.copyOf(values), null);
    }

    /** What a cell expects of a part of the answer; null when it cannot be understood, which has been told. */
    static @Nullable Expectation of(
            Part part, String header, Cell cell, CellRef at, CellJson words, List<Problem> own) {
        if (cell.error()) {
            own.add(Problem.of(Code.FORMULA_ERROR, at, cell.text()));
            return null;
        }
        String text = cell.text();
        if (text.equals("无") || text.equals("有")) {
            var how = text.equals("无") ? Expectation.How.NOTHING : Expectation.How.ANYTHING;
            return new Expectation(part, header, text, at, how, List.of(), null);
        }
        boolean including = starts(text, "含");
        boolean excluding = starts(text, "非");
        String list = including || excluding ? text.substring(1).strip() : text;
        boolean number = part.type() == BigDecimal.class;
        if (number && !including && !excluding && list.matches(".*[≥≤<>~＜＞≧≦].*")) {
            var bounds = words.bounds(cell, header, at);
            return bounds == null
                    ? null
                    : new Expectation(part, header, text, at, Expectation.How.WITHIN, List.of(), bounds);
        }
        boolean whole = part.type() == OffsetDateTime.class && cell.moment() != null;
        var values = new ArrayList<String>();
        for (String word : whole ? new String[] {text} : list.split("[、\n]", -1)) {
            Cell each = whole ? cell : new Cell(word.strip(), null, null, false);
            String value = comparable(part, header, each, at, words);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        var how =
                including ? Expectation.How.INCLUDING : excluding ? Expectation.How.EXCLUDING : Expectation.How.EXACTLY;
        if (!part.several() && values.size() > 1 && how != Expectation.How.EXCLUDING) {
            own.add(Problem.of(Code.IMPOSSIBLE_EXPECTATION, at, text, header));
            return null;
        }
        return new Expectation(part, header, text, at, how, List.copyOf(values), null);
    }

    private static boolean starts(String text, String word) {
        return text.startsWith(word + " ") || text.startsWith(word + "\u3000");
    }

    @SuppressWarnings("unchecked") // just found to be a set of terms
    private static @Nullable String comparable(Part part, String header, Cell cell, CellRef at, CellJson words) {
        Class<?> type = part.type();
        if (Term.class.isAssignableFrom(type)) {
            Term term = words.term((Class<? extends Term>) type, cell.text(), header, at);
            return term == null ? null : term.code();
        }
        if (type == String.class) {
            return cell.text();
        }
        JsonNode value = words.value(type, header, cell, at);
        if (value == null) {
            return null;
        }
        if (type == OffsetDateTime.class) {
            return OffsetDateTime.parse(value.stringValue()).toInstant().toString();
        }
        return value.isNumber() ? Expectation.plain(value.decimalValue()) : value.asString("");
    }
}
