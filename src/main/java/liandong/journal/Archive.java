package liandong.journal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.store.Database;
import org.jspecify.annotations.Nullable;

/** Finds decisions that were kept (信息库). Safe for use by many threads. */
public final class Archive {
    /** The most decisions of one page. */
    public static final int MOST = 1_000;

    /** A case that has more decisions than this is no case; its trail is cut, and says so. */
    private static final int LONGEST_TRAIL = 10_000;

    private static final Pattern CURSOR = Pattern.compile("(\\d{1,18})\\.(\\d{1,19})");

    private final Database database;

    /** An archive of the decisions in a store. */
    public Archive(Database database) {
        this.database = database;
    }

    /**
     * Some of the decisions that were looked for.
     *
     * @param entries in the order asked for
     * @param next where to go on; null when there are no more
     */
    public record Found(List<Entry> entries, @Nullable Cursor next) {}

    /**
     * A place among decisions in the order of the time they were kept at.
     *
     * @param keptAt in milliseconds since 1970
     * @param no the entry's number
     */
    public record Cursor(long keptAt, long no) {
        /** As callers are given it: nothing to be understood. */
        public String text() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((keptAt + "." + no).getBytes(StandardCharsets.US_ASCII));
        }

        /** A cursor of its text; null when it is none. */
        public static @Nullable Cursor parse(String text) {
            try {
                Matcher parts =
                        CURSOR.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
                return parts.matches()
                        ? new Cursor(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)))
                        : null;
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        static Cursor of(Entry entry) {
            return new Cursor(entry.keptAt().toEpochMilli(), entry.no());
        }
    }

    /** Every time a decision was given, oldest first; more than one when the same was asked again. */
    public List<Entry> decision(String id) {
        return database.ask(() -> database.sql()
                .sql(Entries.SELECT + "WHERE d.id = ? ORDER BY d.kept_at, d.no LIMIT " + MOST)
                .param(id)
                .query(Entries::entry)
                .list());
    }

    /** Everything that was decided of an incident, oldest first. */
    public List<Entry> trail(String subject) {
        return database.ask(() -> database.sql()
                .sql(Entries.SELECT + "WHERE d.subject = ? ORDER BY d.kept_at, d.no LIMIT " + LONGEST_TRAIL)
                .param(subject)
                .query(Entries::entry)
                .list());
    }

    /**
     * Looks for decisions, the newest first.
     *
     * @param after where an earlier page ended; null to begin
     * @param most how many at most, 1 to {@value #MOST}
     */
    public Found newest(DecisionQuery search, @Nullable Cursor after, int most) {
        return page(search, after, most, false);
    }

    /** Looks for decisions, the oldest first; see {@link #newest}. */
    public Found oldest(DecisionQuery search, @Nullable Cursor after, int most) {
        return page(search, after, most, true);
    }

    /** How many decisions meet a search. */
    public long count(DecisionQuery search) {
        if (search.marks().isEmpty()) {
            var where = new Where("d.").subject(search).time(search);
            return database.ask(() -> database.sql()
                    .sql("SELECT count(*) FROM decision d " + where.text())
                    .params(where.params())
                    .query(Long.class)
                    .single());
        }
        if (search.subject() != null) {
            return walked(search, null, Integer.MAX_VALUE, true).size();
        }
        long count = 0;
        var walk = new TermScan(database, search, null, true);
        for (List<Long> numbers = walk.next(); !numbers.isEmpty(); numbers = walk.next()) {
            for (List<Long> some : parts(numbers, MOST)) {
                count += database.ask(() -> database.sql()
                        .sql("SELECT count(*) FROM decision WHERE no IN (:numbers)")
                        .param("numbers", some)
                        .query(Long.class)
                        .single());
            }
        }
        return count;
    }

    private Found page(DecisionQuery search, @Nullable Cursor after, int most, boolean oldestFirst) {
        List<Entry> entries = search.marks().isEmpty() || search.subject() != null
                ? walked(search, after, most + 1, oldestFirst)
                : marked(search, after, most + 1, oldestFirst);
        if (entries.size() <= most) {
            return new Found(entries, null);
        }
        return new Found(List.copyOf(entries.subList(0, most)), Cursor.of(entries.get(most - 1)));
    }

    /** Finds decisions by their incident and time; if they must have marks besides, those without are passed over. */
    private List<Entry> walked(DecisionQuery search, @Nullable Cursor after, int enough, boolean oldestFirst) {
        var found = new ArrayList<Entry>();
        int most = Math.min(enough, MOST + 1);
        Cursor at = after;
        while (found.size() < enough) {
            var where = new Where("d.").subject(search).time(search);
            if (at != null) {
                where.after(at, oldestFirst);
            }
            List<Entry> page = database.ask(() -> database.sql()
                    .sql(Entries.SELECT + where.text() + where.order(oldestFirst) + " LIMIT " + most)
                    .params(where.params())
                    .query(Entries::entry)
                    .list());
            page.stream()
                    .filter(entry -> entry.marks().containsAll(search.marks()))
                    .forEach(found::add);
            if (page.size() < most) {
                break;
            }
            at = Cursor.of(page.get(page.size() - 1));
        }
        return found;
    }

    /** Finds decisions by their marks. */
    private List<Entry> marked(DecisionQuery search, @Nullable Cursor after, int enough, boolean oldestFirst) {
        var found = new ArrayList<Entry>();
        var walk = new TermScan(database, search, after, oldestFirst);
        for (List<Long> numbers = walk.next(); !numbers.isEmpty(); numbers = walk.next()) {
            for (List<Long> some : parts(numbers, Math.min(enough, MOST))) {
                found.addAll(database.ask(() -> database.sql()
                        .sql(Entries.SELECT + "WHERE d.no IN (:numbers)" + new Where("d.").order(oldestFirst))
                        .param("numbers", some)
                        .query(Entries::entry)
                        .list()));
                if (found.size() >= enough) {
                    return found;
                }
            }
        }
        return found;
    }

    private static List<List<Long>> parts(List<Long> numbers, int most) {
        var parts = new ArrayList<List<Long>>();
        for (int i = 0; i < numbers.size(); i += most) {
            parts.add(numbers.subList(i, Math.min(numbers.size(), i + most)));
        }
        return parts;
    }
}
