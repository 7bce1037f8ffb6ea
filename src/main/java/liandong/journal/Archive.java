package liandong.journal;

import static java.util.Comparator.comparingLong;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.digest.Sha256;
import liandong.store.Database;
import liandong.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Finds decisions that were kept (信息库). Safe for use by many threads.
 *
 * <p>Whatever is looked for, all that was kept before is found: see {@link TermIndex}.
 */
public final class Archive {
    /** The most decisions of one page. */
    public static final int MOST = 1_000;

    /** So much of a trail is read at once, in bytes: with what is told besides, an answer of it has no more than a MiB. */
    private static final int TRAIL_BYTES = 7 << 17;

    /** So many decisions of a trail are asked for at once. */
    private static final int TRAIL_PIECE = 20;

    /** What a list tells of a decision besides its marks, in bytes, or a little less. */
    private static final int BRIEF_BYTES = 500;

    /** A term that so many decisions have is as common as one that more have. */
    private static final int COMMON = 10_000;

    /** Whether a decision l was given to whom d was given, who asked for it or for whom a person judged. */
    private static final String GIVEN_TO_THE_SAME = "(l.caller = d.caller OR EXISTS (SELECT 1 FROM decision_term g"
            + " WHERE g.term = (SELECT no FROM term WHERE name = '" + SearchTerms.caller("")
            + "' || d.caller) AND g.kept_at = l.kept_at AND g.no = l.no))";

    private static final Pattern CURSOR = Pattern.compile("(\\d{1,18})\\.(\\d{1,19})");

    /** So many letters of a digest tell for which search a cursor is good. */
    private static final int CHECK = 12;

    private final Database database;
    private final Entries entries;

    /** An archive of the decisions in a store. */
    public Archive(Database database) {
        this.database = database;
        this.entries = new Entries(database);
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

        /**
         * As callers are given it with what they looked for, for which alone it is good.
         *
         * @param search what was looked for, in any words
         */
        public String text(String search) {
            String place = keptAt + "." + no;
            String check = Sha256.hex((search + "\n" + place).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((place + "." + check.substring(0, CHECK)).getBytes(StandardCharsets.US_ASCII));
        }

        /** A cursor of its text; null when it is none, or one of another search. */
        public static @Nullable Cursor parse(String text, String search) {
            try {
                String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
                Matcher parts = CURSOR.matcher(decoded.substring(0, Math.max(0, decoded.lastIndexOf('.'))));
                Cursor cursor = parts.matches()
                        ? new Cursor(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)))
                        : null;
                return cursor != null && cursor.text(search).equals(text) ? cursor : null;
            } catch (IllegalArgumentException e) {
                return null;
            }
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

        /** The place of an entry. */
        public static Cursor of(Entry entry) {
            return new Cursor(entry.keptAt().toEpochMilli(), entry.no());
        }
    }

    /** The entry of a number; null when there is none any more. */
    public @Nullable Entry entry(long no) {
        return database.ask(() -> database.sql()
                .sql(Entries.SELECT + "WHERE d.no = ?")
                .param(no)
                .query(entries::kept)
                .optional()
                .map(Supplier::get)
                .orElse(null));
    }

    /**
     * A place of a chain.
     *
     * @param no the entry's number
     * @param entry what stands there; null when it holds values that no journal writes
     */
    public record Place(long no, Instant keptAt, @Nullable Entry entry) {
        /** The chain that it is of. */
        public long chain() {
            return no >> Entry.CHAIN_BITS;
        }

        /** Which one of the chain, from 1. */
        public long place() {
            return no - Entry.no(chain(), 0);
        }
    }

    /**
     * What a chain has behind a place, in its order.
     *
     * @param most how many at most
     */
    public List<Place> behind(long chain, long place, int most) {
        return database.ask(() -> database
                .sql()
                .sql(Entries.SELECT + "WHERE d.no > ? AND d.no < ? ORDER BY d.no LIMIT " + most)
                .params(Entry.no(chain, place), Entry.no(chain + 1, 0))
                .query((row, n) -> {
                    long no = row.getLong("no");
                    Instant keptAt = Instant.ofEpochMilli(row.getLong("kept_at"));
                    Supplier<Entry> kept = entries.kept(row, n);
                    return (Supplier<Place>) () -> new Place(no, keptAt, readable(kept));
                })
                .list()
                .stream()
                .map(Supplier::get)
                .toList());
    }

    private static @Nullable Entry readable(Supplier<Entry> kept) {
        try {
            return kept.get();
        } catch (StoreException e) {
            if (e.isPassing()) {
                throw e;
            }
            return null;
        }
    }

    /** Every time a decision was given, oldest first; more than one when the same was asked again. */
    public List<Entry> decision(String id) {
        return decision(id, null);
    }

    /**
     * Every time a decision was given to a caller, oldest first.
     *
     * @param caller null for all callers
     */
    public List<Entry> decision(String id, @Nullable String caller) {
        var where = new Where("d.").condition("d.id = ?", id);
        if (caller != null) {
            where.has(SearchTerms.caller(caller));
            TermIndex.complete(database);
        }
        return database.ask(() -> database
                .sql()
                .sql(Entries.SELECT + where.text() + where.order(true) + " LIMIT " + MOST)
                .params(where.params())
                .query(entries::kept)
                .list()
                .stream()
                .map(Supplier::get)
                .toList());
    }

    /** What was decided of an incident, oldest first, from the first on; see {@link #trail(String, String, Cursor)}. */
    public Found trail(String subject) {
        return trail(subject, null, null);
    }

    /**
     * What was decided of an incident, oldest first: one decision, and as many more as make a MiB together.
     *
     * @param caller those for a caller; null for all callers
     * @param after where what was told before ended; null to begin
     */
    public Found trail(String subject, @Nullable String caller, @Nullable Cursor after) {
        return trail(subject, caller, after, TRAIL_BYTES);
    }

    Found trail(String subject, @Nullable String caller, @Nullable Cursor after, int mostBytes) {
        var trail = new ArrayList<Entry>();
        long bytes = 0;
        Cursor next = after;
        do {
            Found piece = oldest(ofSubject(subject, caller), next, TRAIL_PIECE);
            for (Entry entry : piece.entries()) {
                bytes += bytes(entry);
                if (bytes > mostBytes && !trail.isEmpty()) {
                    return new Found(List.copyOf(trail), Cursor.of(trail.get(trail.size() - 1)));
                }
                trail.add(entry);
            }
            next = piece.next();
        } while (next != null);
        return new Found(List.copyOf(trail), null);
    }

    private static long bytes(Entry entry) {
        long bytes = BRIEF_BYTES;
        for (String text : List.of(entry.request(), entry.answer(), String.join("\", \"", entry.marks()))) {
            bytes += text.getBytes(StandardCharsets.UTF_8).length;
        }
        return bytes;
    }

    /**
     * The latest decisions about each of some incidents, the newest first.
     *
     * @param caller those for a caller; null for all callers
     * @param most how many of each at most
     */
    public Map<String, List<Entry>> latest(List<String> subjects, @Nullable String caller, int most) {
        if (subjects.isEmpty()) {
            return Map.of();
        }
        Where where = new Where("d.")
                .condition(
                        "d.subject IN (" + String.join(", ", Collections.nCopies(subjects.size(), "?")) + ")",
                        subjects.toArray());
        if (caller != null) {
            where.has(SearchTerms.caller(caller));
            TermIndex.complete(database);
        }
        return database.ask(() -> database
                .sql()
                .sql(Entries.COLUMNS_OF_D
                        + " FROM decision d JOIN (SELECT d.no, ROW_NUMBER() OVER (PARTITION BY d.subject"
                        + where.order(false) + ") AS place FROM decision d " + where.text()
                        + ") p ON p.no = d.no WHERE p.place <= " + most + where.order(false))
                .params(where.params())
                .query(entries::kept)
                .list()
                .stream()
                .map(Supplier::get)
                .collect(Collectors.groupingBy(Entry::subject)));
    }

    /**
     * What of a trail was told before a page of it.
     *
     * @param number how many decisions
     * @param last the last of them, the oldest first; some of them when they are many
     */
    public record Told(long number, List<Entry> last) {
        /** Before the first page. */
        public static final Told NOTHING = new Told(0, List.of());
    }

    /**
     * What of a trail was told up to a place.
     *
     * @param caller whose trail it is; null for that of all callers
     * @param place where the page before ended; null for the beginning
     */
    public Told told(String subject, @Nullable String caller, @Nullable Cursor place) {
        if (place == null) {
            return Told.NOTHING;
        }
        DecisionQuery trail = ofSubject(subject, caller);
        Statement before = statement(trail);
        before.where().after(place, false);
        var last = new ArrayList<>(newest(trail, place, TRAIL_PIECE).entries());
        Collections.reverse(last);
        Entry end = entry(place.no());
        if (end != null) {
            last.add(end);
        }
        return new Told(count(before) + (end == null ? 0 : 1), List.copyOf(last));
    }

    /** How many decisions about an incident there are for a caller; null for all callers. */
    public long countTrail(String subject, @Nullable String caller) {
        return count(ofSubject(subject, caller));
    }

    private static DecisionQuery ofSubject(String subject, @Nullable String caller) {
        List<String> marks = caller == null ? List.of() : List.of(SearchTerms.caller(caller));
        return new DecisionQuery(null, null, subject, marks);
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

    /**
     * The incidents, and names of bodies, about which something was decided in a time, in their order.
     *
     * @param from kept then or later; null from the first on
     * @param to kept before
     * @param after those behind this one; empty to begin
     * @param most how many at most
     */
    public List<String> subjects(@Nullable Instant from, Instant to, String after, int most) {
        Where where =
                new Where("").time(new DecisionQuery(from, to, null, List.of())).condition("subject > ?", after);
        return database.ask(() -> database.sql()
                .sql("SELECT DISTINCT subject FROM decision " + where.text() + " ORDER BY subject LIMIT " + most)
                .params(where.params())
                .query(String.class)
                .list());
    }

    /** How many {@link #subjects} there are. */
    public long countSubjects(@Nullable Instant from, Instant to) {
        Where where = new Where("").time(new DecisionQuery(from, to, null, List.of()));
        return database.ask(() -> database.sql()
                .sql("SELECT count(DISTINCT subject) FROM decision " + where.text())
                .params(where.params())
                .query(Long.class)
                .single());
    }

    /**
     * What was left to a person and is still: no later decision of the same kind about the same incident was given to the
     * same caller, be it that the caller asked again or that a person judged. Two callers may have used one id for two reports.
     * The oldest first.
     *
     * @param since what was kept before is not looked at
     * @param most how many at most
     */
    public List<Entry> left(Instant since, int most) {
        TermIndex.complete(database);
        // What earlier programs kept has only its outcome to be found by.
        return Stream.of(SearchTerms.LEFT, SearchTerms.LEFT_BEFORE)
                .flatMap(term -> left(term, since, most).stream())
                .collect(Collectors.toMap(Entry::no, entry -> entry, (one, same) -> one))
                .values()
                .stream()
                .sorted(Comparator.comparing(Entry::keptAt).thenComparingLong(Entry::no))
                .limit(most)
                .toList();
    }

    private List<Entry> left(String term, Instant since, int most) {
        return database.ask(() -> database
                .sql()
                .sql(Entries.COLUMNS_OF_D + " FROM decision_term t JOIN decision d ON d.no = t.no"
                        + " WHERE t.term = " + IndexTerm.NUMBER + " AND t.kept_at >= ?"
                        + " AND NOT EXISTS (SELECT 1 FROM decision l WHERE l.subject = d.subject AND l.kind = d.kind"
                        + " AND (l.kept_at, l.no) > (d.kept_at, d.no)"
                        + " AND (d.caller = '' OR " + GIVEN_TO_THE_SAME + "))"
                        + " ORDER BY t.kept_at, t.no LIMIT " + most)
                .params(term, since.toEpochMilli())
                .query(entries::kept)
                .list()
                .stream()
                .map(Supplier::get)
                .toList());
    }

    /**
     * The last decision of the kind and about the incident of another that was given to the same caller; that one itself when
     * there is none after it.
     */
    public Entry lastAfter(Entry entry) {
        if (entry.caller().isEmpty()) {
            return last(
                    entry,
                    "SELECT l.* FROM decision l WHERE l.subject = ? AND l.kind = ?",
                    entry.subject(),
                    entry.kind().code());
        }
        TermIndex.complete(database);
        return last(
                entry,
                "SELECT l.* FROM decision d JOIN decision l ON l.subject = d.subject AND l.kind = d.kind WHERE d.no = ? AND "
                        + GIVEN_TO_THE_SAME,
                entry.no());
    }

    private Entry last(Entry entry, String among, Object... params) {
        return database.ask(() -> database.sql()
                .sql(Entries.COLUMNS_OF_D + " FROM (" + among + ") d ORDER BY d.kept_at DESC, d.no DESC LIMIT 1")
                .params(params)
                .query(entries::kept)
                .optional()
                .map(Supplier::get)
                .orElse(entry));
    }

    /** Whether a decision that was kept has, or had before it was pruned, a mark; see {@link SearchTerms}. */
    boolean knows(String mark) {
        TermIndex.complete(database);
        return database.ask(() -> !database.sql()
                .sql("SELECT no FROM term WHERE name = ?")
                .param(mark)
                .query(Long.class)
                .list()
                .isEmpty());
    }

    /** How many decisions meet a search. */
    public long count(DecisionQuery search) {
        return count(statement(search));
    }

    private long count(Statement statement) {
        return database.ask(() -> database.sql()
                .sql("SELECT count(*)" + statement.from() + statement.where().text())
                .params(statement.where().params())
                .query(Long.class)
                .single());
    }

    private Found page(DecisionQuery search, @Nullable Cursor after, int most, boolean oldestFirst) {
        Statement statement = statement(search);
        Where where = statement.where();
        if (after != null) {
            where.after(after, oldestFirst);
        }
        List<Entry> found = database.ask(() -> database
                .sql()
                .sql(Entries.COLUMNS_OF_D + statement.from() + where.text() + where.order(oldestFirst) + " LIMIT "
                        + (most + 1))
                .params(where.params())
                .query(entries::kept)
                .list()
                .stream()
                .map(Supplier::get)
                .toList());
        return found.size() <= most
                ? new Found(found, null)
                : new Found(List.copyOf(found.subList(0, most)), Cursor.of(found.get(most - 1)));
    }

    /** What all that meets a search is read from. */
    private record Statement(String from, Where where) {}

    /**
     * A search walks along the decisions of its incident or of its rarest term, in the order of time, and looks the other
     * terms up at each; databases cannot be trusted to find that out, as their statistics do not know single terms.
     */
    private Statement statement(DecisionQuery search) {
        if (!search.marks().isEmpty() || !search.either().isEmpty()) {
            TermIndex.complete(database);
        }
        List<String> terms = rarestFirst(search);
        boolean byTerm = !terms.isEmpty() && search.subject() == null;
        var where = new Where(byTerm ? "t." : "d.");
        if (byTerm) {
            where.condition("t.term = " + IndexTerm.NUMBER, terms.get(0));
        }
        where.subject(search).time(search);
        for (String term : byTerm ? terms.subList(1, terms.size()) : terms) {
            where.has(term);
        }
        search.either().forEach(where::hasAny);
        return new Statement(
                byTerm ? " FROM decision_term t JOIN decision d ON d.no = t.no " : " FROM decision d ", where);
    }

    private List<String> rarestFirst(DecisionQuery search) {
        if (search.marks().size() < 2 || search.subject() != null) {
            return search.marks();
        }
        return search.marks().stream()
                .map(term -> new Frequency(term, rows(term)))
                .sorted(comparingLong(Frequency::rows))
                .map(Frequency::term)
                .toList();
    }

    private record Frequency(String term, long rows) {}

    private long rows(String term) {
        return database.ask(() -> database.sql()
                .sql("SELECT count(*) FROM (SELECT 1 AS one FROM decision_term WHERE term = " + IndexTerm.NUMBER
                        + " LIMIT " + COMMON
                        + ") few")
                .param(term)
                .query(Long.class)
                .single());
    }
}
