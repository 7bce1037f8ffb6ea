package liandong.journal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.wire.FactReader;
import liandong.wire.Moments;
import org.jspecify.annotations.Nullable;

/** Reads what people and systems look for, given as names and values. */
public final class DecisionQueryParser {
    /** What can be looked for by a mark of the same name. */
    public static final List<String> MARKED = List.of(
            "kind",
            "outcome",
            "policy",
            "caller",
            "rule",
            "row",
            "body",
            "eventType",
            "category",
            "area",
            "event",
            "desk",
            "trace");

    private final ZoneId zone;
    private final SearchWords words;
    private final Consumer<Problem> problems;

    /**
     * A reader that knows no policy's words: any body, event type, category and area may be looked for.
     *
     * @param zone whose days are meant where a date is given
     * @param problems collects every value that cannot be parsed
     */
    public DecisionQueryParser(ZoneId zone, Consumer<Problem> problems) {
        this(zone, new SearchWords(), problems);
    }

    /**
     * A reader.
     *
     * @param zone whose days are meant where a date is given
     * @param words what may be looked for
     * @param problems collects every value that cannot be parsed, and every word that nobody knows
     */
    public DecisionQueryParser(ZoneId zone, SearchWords words, Consumer<Problem> problems) {
        this.zone = zone;
        this.words = words;
        this.problems = problems;
    }

    /**
     * A search.
     *
     * @param given {@code from}, {@code to} (the day itself included when it is a date), {@code incident}, and the names of
     *     {@link #MARKED}; others, and those without a value, are passed over
     */
    public DecisionQuery read(Map<String, String> given) {
        var marks = new ArrayList<String>();
        var either = new ArrayList<List<String>>();
        for (String name : MARKED) {
            String value = text(name, given);
            List<String> any = value.isEmpty() ? List.of() : marks(name, value);
            if (any.size() > 1) {
                either.add(any);
            } else {
                marks.addAll(any);
            }
        }
        String incident = text("incident", given);
        Instant from = moment("from", given.get("from"), 0);
        Instant to = moment("to", given.get("to"), 1);
        if (from != null && to != null && !from.isBefore(to)) {
            // Nothing lies between them, which would look as if nothing had been decided.
            problems.accept(Problem.of(
                    Code.ENDS_BEFORE_IT_BEGINS,
                    new FileRef("to"),
                    FactReader.shortened(given.getOrDefault("from", "")),
                    FactReader.shortened(given.getOrDefault("to", ""))));
        }
        return new DecisionQuery(
                from, to, incident.isEmpty() ? null : incident, List.copyOf(marks), List.copyOf(either));
    }

    private String text(String name, Map<String, String> given) {
        String text = given.getOrDefault(name, "").strip();
        if (text.indexOf('\0') >= 0) {
            problems.accept(Problem.of(Code.NUL_CHARACTER, new FileRef(name)));
        }
        return text;
    }

    /** The marks of which any one will do; empty when every decision meets it. */
    private List<String> marks(String name, String value) {
        if (name.equals("policy")) {
            if (value.length() < SearchTerms.VERSION_LENGTH) {
                problems.accept(Problem.of(Code.SHORT_VERSION, new FileRef(name), value, SearchTerms.VERSION_LENGTH));
            }
            return List.of(SearchTerms.policy(value));
        }
        return words.marks(name, value, problems);
    }

    /** A moment, or the beginning of a day so many days later. */
    private @Nullable Instant moment(String name, @Nullable String text, int days) {
        if (text == null || text.isBlank()) {
            return null;
        }
        var at = new FileRef(name);
        try {
            LocalDate day = LocalDate.parse(text.strip());
            if (Moments.isWithin(day)) {
                return day.plusDays(days).atStartOfDay(zone).toInstant();
            }
            problems.accept(Moments.outside(text, at));
            return null;
        } catch (DateTimeParseException e) {
            // not a date, then
        }
        // A plus sign that was not escaped arrives as a blank.
        OffsetDateTime moment = Moments.read(
                text.strip().replace(' ', '+'),
                at,
                fault -> problems.accept(
                        fault.code() == Code.OUT_OF_RANGE
                                ? fault
                                : Problem.of(Code.BAD_MOMENT, at, FactReader.shortened(text))));
        return moment == null ? null : moment.toInstant();
    }
}
