package liandong.journal;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import liandong.store.Database;
import org.jspecify.annotations.Nullable;

/**
 * Texts that many entries have, each kept once (table {@code decision_text}) and named by its number. Safe for use by many
 * threads.
 *
 * <p>A number means the same text for ever: rows are only added. A number is used only after it is in the store. Two services
 * that meet a text at once give it a number each, which does no harm.
 */
final class SharedTexts {
    /** So many are remembered; a district's rules, rows and bodies are fewer. */
    private static final int MOST = 20_000;

    /** What has been met once and has no number. */
    private static final long MET = 0;

    private final Map<String, Long> numbers = new ConcurrentHashMap<>();
    private final Map<Long, String> texts = new ConcurrentHashMap<>();

    /**
     * The number of a text; 0 when it has none yet.
     *
     * @param wanted given what should have a number, as it has been met before: what one entry alone says is not kept apart
     *     from it, and goes with it
     */
    long number(String text, Collection<String> wanted) {
        Long number = numbers.get(text);
        if (number == null) {
            if (numbers.size() >= MOST) {
                numbers.clear();
            }
            numbers.put(text, MET);
            return MET;
        }
        if (number == MET) {
            wanted.add(text);
        }
        return number;
    }

    /**
     * Gives texts their numbers, within a transaction.
     *
     * @return to be {@link #learnt} after that has been committed
     */
    static Map<String, Long> numbered(Database database, Set<String> wanted) {
        var numbered = new HashMap<String, Long>();
        for (String text : wanted) {
            numbered.put(
                    text,
                    database.sql()
                            .sql("INSERT INTO decision_text (text) VALUES (?) RETURNING no")
                            .param(text)
                            .query(Long.class)
                            .single());
        }
        return numbered;
    }

    /** Remembers numbers that are in the store. */
    void learnt(Map<String, Long> numbered) {
        numbers.putAll(numbered);
    }

    /** Learns the latest numbers that are in the store, and forgets what has none. */
    void learn(Database database) {
        numbers.clear();
        database.ask(() -> database.sql()
                .sql("SELECT no, text FROM decision_text ORDER BY no DESC LIMIT " + MOST / 2)
                .query((row, number) -> numbers.put(row.getString("text"), row.getLong("no")))
                .list());
    }

    /** The text that has a number; null when there is none. */
    @Nullable
    String text(Database database, long number) {
        String known = texts.get(number);
        if (known != null) {
            return known;
        }
        String text = database.sql()
                .sql("SELECT text FROM decision_text WHERE no = ?")
                .param(number)
                .query(String.class)
                .optional()
                .orElse(null);
        if (text != null) {
            if (texts.size() >= MOST) {
                texts.clear();
            }
            texts.put(number, text);
        }
        return text;
    }
}
