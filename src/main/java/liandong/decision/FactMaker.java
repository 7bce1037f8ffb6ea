package liandong.decision;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liandong.incident.Vocabulary;
import liandong.table.Attribute;
import liandong.table.Row;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes facts of a decision out of what its tables ask about, so that facts can be had for each way in which tables tell them
 * apart.
 *
 * <p>Safe for use by many threads.
 *
 * @param <F> the facts
 */
public interface FactMaker<F extends Record> {
    /**
     * A fact that no table column holds by itself, with what it can be.
     *
     * @param name what it is called
     * @param choices what it can be, as far as anything tells it apart
     */
    record Extra(String name, List<Choice> choices) {}

    /**
     * One of several.
     *
     * @param label it in words, without its name
     * @param value what {@link #facts} takes for it; null for unknown
     */
    record Choice(String label, @Nullable Object value) {}

    /** What the tables are asked about. */
    Class<?> about();

    /** The attribute that is known, and by which facts are told apart before all else. */
    Attribute first();

    /** The attribute whose values stand for places: apart from what rows say of them, those of one level are alike. */
    Attribute place();

    /** The attributes that a request can state, besides those two. */
    List<Attribute> stated();

    /** Chinese names of the columns that are concluded, or read in a text, and so follow from the rest. */
    Set<String> concluded();

    /** Chinese names of the columns that can be stated, and that are read in a text when they are not. */
    Set<String> readUnlessStated();

    /** The kinds of rows that are asked for one by one; all others are read as a whole, or not when the first attribute is known. */
    Set<Class<? extends Row>> asked();

    /** The facts that no column holds, each with its most usual value first. */
    List<Extra> extras();

    /**
     * Facts.
     *
     * @param values by the Chinese names of the columns; what is missing is left at its usual value
     * @param with sets of words of each of which the text has one; an empty set stands for any text
     * @param without sets of words of which the text has none; an empty set stands for no text
     * @param extras the values of {@link #extras}, in their order
     * @param vocabulary the words they are stated in
     * @param day the day of the decision
     * @return null when nothing can be like that
     */
    @Nullable
    Made<F> facts(
            Map<String, Object> values,
            List<List<String>> with,
            List<List<String>> without,
            List<@Nullable Object> extras,
            Vocabulary vocabulary,
            LocalDate day);

    /**
     * Facts, ready to be decided.
     *
     * @param facts the facts
     * @param moment when they are decided
     * @param request the same as JSON, ready to be sent
     * @param <F> the facts
     */
    record Made<F>(F facts, OffsetDateTime moment, ObjectNode request) {}

    /**
     * Texts worth deciding where words or sentences have changed: without the first attribute, as people write.
     *
     * @param most how many at most
     */
    List<String> texts(int most);

    /** Facts that state nothing but a text. */
    Made<F> saying(String text, Vocabulary vocabulary, LocalDate day);
}
