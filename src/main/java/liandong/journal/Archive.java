package liandong.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
    public Found newest(Search search, @Nullable Cursor after, int most) {
        return page(search, after, most, false);
    }

    /** Looks for decisions, the oldest first; see {@link #newest}. */
    public Found oldest(Search search, @Nullable Cursor after, int most) {
        return page(search, after, most, true);
    }

    /** How many decisions there are of a kind. */
    public long count(Search search) {
        var where = new Where(search, null, true);
        return database.ask(() -> database.sql()
                .sql("SELECT count(*) FROM decision d " + where.text())
                .params(where.params())
                .query(Long.class)
                .single());
    }

    private Found page(Search search, @Nullable Cursor after, int most, boolean oldestFirst) {
        var where = new Where(search, after, oldestFirst);
        List<Entry> entries = database.ask(() -> database.sql()
                .sql(Entries.SELECT + where.text() + " ORDER BY " + where.order() + " LIMIT " + (most + 1))
                .params(where.params())
                .query(Entries::entry)
                .list());
        if (entries.size() <= most) {
            return new Found(entries, null);
        }
        return new Found(entries.subList(0, most), Cursor.of(entries.get(most - 1)));
    }

    /** The conditions of a search, as SQL. */
    private static final class Where {
        private final StringBuilder joins = new StringBuilder();
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> joinParams = new ArrayList<>();
        private final List<Object> conditionParams = new ArrayList<>();
        private final String by;
        private final boolean oldestFirst;

        Where(Search search, @Nullable Cursor after, boolean oldestFirst) {
            this.oldestFirst = oldestFirst;
            // The marks are ordered by time, so the first one leads: no more of them are read than a page needs.
            this.by = search.marks().isEmpty() ? "d" : "m0";
            for (int i = 0; i < search.marks().size(); i++) {
                joins.append("JOIN decision_mark m")
                        .append(i)
                        .append(" ON m")
                        .append(i)
                        .append(".mark = ? AND m");
                joins.append(i).append(".kept_at = d.kept_at AND m").append(i).append(".no = d.no ");
                joinParams.add(search.marks().get(i));
            }
            if (search.subject() != null) {
                condition("d.subject = ?", search.subject());
            }
            if (search.from() != null) {
                condition(by + ".kept_at >= ?", millis(search.from()));
            }
            if (search.to() != null) {
                condition(by + ".kept_at < ?", millis(search.to()));
            }
            if (after != null) {
                String sign = oldestFirst ? ">" : "<";
                condition("(" + by + ".kept_at, " + by + ".no) " + sign + " (?, ?)", after.keptAt(), after.no());
            }
        }

        /** A moment before or after all that can be kept is as good as the first or last one. */
        private static long millis(Instant moment) {
            long second = Math.max(-1L << 40, Math.min(1L << 40, moment.getEpochSecond()));
            return second * 1_000 + moment.getNano() / 1_000_000;
        }

        private void condition(String text, Object... params) {
            conditions.add(text);
            conditionParams.addAll(List.of(params));
        }

        String text() {
            return joins + (conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions));
        }

        List<Object> params() {
            var all = new ArrayList<>(joinParams);
            all.addAll(conditionParams);
            return all;
        }

        String order() {
            String way = oldestFirst ? "" : " DESC";
            return by + ".kept_at" + way + ", " + by + ".no" + way;
        }
    }
}
