package liandong.publication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import liandong.publication.Publication.Fate;
import liandong.publication.Publication.Kind;
import liandong.store.AuditLog;
import liandong.store.AuditLog.Watched;
import liandong.store.Database;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was ever made live.
 *
 * <p>Which policy is live is a function of these rows and the time: of those that have come into force, or whose time has
 * come, the one with the latest time, of two with the same time the later one. So there is exactly one, whatever was
 * interrupted.
 */
final class Publications {
    private static final String SELECT = "SELECT p.no, p.policy, p.content, p.version, p.effective_at, p.published_at,"
            + " p.person, p.kind, p.restores, f.fate FROM publication p LEFT JOIN publication_fate f ON f.no = p.no";

    private static final String IN_FORCE = " WHERE (f.fate = 'STARTED' OR (f.fate IS NULL AND p.effective_at <= ?))";
    private static final String AHEAD = " WHERE f.fate IS NULL AND p.effective_at > ?";
    private static final String LATEST = " ORDER BY p.effective_at DESC, p.no DESC LIMIT 1";

    private final Database database;
    private final AuditLog audit;

    Publications(Database database) {
        this.database = database;
        this.audit = new AuditLog(database);
    }

    /** The one that is live; null when there is none. */
    @Nullable
    Publication live(Instant now) {
        return one(SELECT + IN_FORCE + LATEST, now.toEpochMilli());
    }

    /**
     * The one that is live, and from now on remains so whatever clocks say.
     *
     * @return null when there is none
     */
    @Nullable
    Publication begun(Instant now) {
        Publication live = live(now);
        while (live != null && live.fate() == null) {
            settle(live.no(), Fate.STARTED, now, live.person());
            live = live(now); // somebody may have called it off at this very moment
        }
        return live;
    }

    /** Those that lie ahead, the nearest first. */
    List<Publication> ahead(Instant now) {
        return database.ask(() -> database.sql()
                .sql(SELECT + AHEAD + " ORDER BY p.effective_at, p.no")
                .param(now.toEpochMilli())
                .query((row, n) -> publication(row))
                .list());
    }

    /** When the nearest that lies ahead comes into force; null when none does. */
    @Nullable
    Instant next(Instant now) {
        Publication next = one(SELECT + AHEAD + " ORDER BY p.effective_at, p.no LIMIT 1", now.toEpochMilli());
        return next == null ? null : next.effectiveAt();
    }

    /** The one that was live at a moment, or will be; null when none was. */
    @Nullable
    Publication at(Instant moment) {
        return one(
                SELECT + " WHERE p.effective_at <= ? AND (f.fate IS NULL OR f.fate = 'STARTED')" + LATEST,
                moment.toEpochMilli());
    }

    /** The one that was live before another; null when none was. What a rollback left behind is passed over. */
    @Nullable
    Publication before(Publication publication) {
        // A rollback stands for what it went back to, so that going back twice goes two steps back.
        Publication origin = origin(publication);
        return origin == null
                ? null
                : one(
                        SELECT + " WHERE (p.effective_at < ? OR (p.effective_at = ? AND p.no < ?))"
                                + " AND (f.fate IS NULL OR f.fate = 'STARTED')" + LATEST,
                        origin.effectiveAt().toEpochMilli(),
                        origin.effectiveAt().toEpochMilli(),
                        origin.no());
    }

    private @Nullable Publication origin(Publication publication) {
        Publication origin = publication;
        while (origin != null && origin.restores() != null) {
            origin = one(SELECT + " WHERE p.no = ?", origin.restores());
        }
        return origin;
    }

    /** Those of a policy, the latest first. */
    List<Publication> of(long policy) {
        return database.ask(() -> database.sql()
                .sql(SELECT + " WHERE p.policy = ? ORDER BY p.no DESC")
                .param(policy)
                .query((row, n) -> publication(row))
                .list());
    }

    /** All of them, the latest first. */
    List<Publication> all() {
        return database.ask(() -> database.sql()
                .sql(SELECT + " ORDER BY p.no DESC")
                .query((row, n) -> publication(row))
                .list());
    }

    /** A publication; null when there is none of this number. */
    @Nullable
    Publication no(long no) {
        return one(SELECT + " WHERE p.no = ?", no);
    }

    /** The number of the last one; 0 when there is none. */
    long last() {
        return database.ask(() -> database.sql()
                .sql("SELECT coalesce(max(no), 0) FROM publication")
                .query(Long.class)
                .single());
    }

    /**
     * Adds one; within a transaction of the caller.
     *
     * @return whether its number was still free
     */
    boolean add(Publication publication) {
        int added = database.sql()
                .sql("INSERT INTO publication (no, policy, content, version, effective_at, published_at, person, kind,"
                        + " restores) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .param(publication.no())
                .param(publication.policy())
                .param(publication.content())
                .param(publication.version())
                .param(publication.effectiveAt().toEpochMilli())
                .param(publication.publishedAt().toEpochMilli())
                .param(publication.person())
                .param(publication.kind().name())
                .param(publication.restores())
                .update();
        Fate fate = publication.fate();
        if (added > 0) {
            audit.enter(
                    Watched.PUBLICATION,
                    "publication " + publication.no(),
                    publication.publishedAt(),
                    publication.person(),
                    publication.kind() == Kind.ROLLBACK
                            ? "ROLLBACK_ALONE"
                            : publication.kind().name());
            if (fate != null) {
                settle(publication.no(), fate, publication.publishedAt(), publication.person());
            }
        }
        return added > 0;
    }

    /**
     * Writes down what became of one.
     *
     * @return whether nothing had become of it so far
     */
    boolean settle(long no, Fate fate, Instant at, String person) {
        return audit.transact(() -> {
            int added = database.sql()
                    .sql("INSERT INTO publication_fate (no, fate, at, person) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT DO NOTHING")
                    .params(no, fate.name(), at.toEpochMilli(), person)
                    .update();
            if (added > 0) {
                audit.enter(Watched.FATE, "fate of publication " + no, at, person, fate.name());
            }
            return added > 0;
        });
    }

    private @Nullable Publication one(String sql, Object... values) {
        return database.ask(() -> database.sql()
                .sql(sql)
                .params(List.of(values))
                .query((row, n) -> publication(row))
                .optional()
                .orElse(null));
    }

    private static Publication publication(ResultSet row) throws SQLException {
        long restores = row.getLong("restores");
        Long restored = row.wasNull() ? null : restores;
        String fate = row.getString("fate");
        return new Publication(
                row.getLong("no"),
                row.getLong("policy"),
                row.getString("content"),
                row.getString("version"),
                Instant.ofEpochMilli(row.getLong("effective_at")),
                Instant.ofEpochMilli(row.getLong("published_at")),
                row.getString("person"),
                Kind.valueOf(row.getString("kind")),
                restored,
                fate == null ? null : Fate.valueOf(fate));
    }
}
