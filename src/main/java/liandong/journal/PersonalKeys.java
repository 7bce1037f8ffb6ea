package liandong.journal;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import liandong.store.AuditLog;
import liandong.store.AuditLog.Watched;
import liandong.store.Database;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a store's personal fields were encrypted with before, each encrypted with the present one.
 *
 * <p>A new key takes over by encrypting the old ones. The texts stay as they are: they are what the hash chains are made of.
 */
public final class PersonalKeys {
    private PersonalKeys() {}

    /** With what an encrypted text begins, of whatever format. */
    private static final String ENCRYPTED_TEXT = "\"aes256gcm";

    /** Of so many latest decisions one that holds a text is sought: scores, for one, hold none. */
    private static final int LOOKED_AT = 10_000;

    private record Wrapped(String id, String wrapped) {}

    /** What came of bringing in a new key. */
    public enum Rekeyed {
        /** It is the present one from now on. */
        DONE,
        /** The key given as the old one opens neither the older keys nor the latest encrypted text. */
        NOT_THE_OLD_ONE,
        /** Old and new key are the same. */
        SAME
    }

    private static List<Wrapped> wrapped(Database database) {
        return database.ask(() -> database.sql()
                .sql("SELECT id, wrapped FROM personal_key ORDER BY id")
                .query(Wrapped.class)
                .list());
    }

    /** The older keys by their ids; null when the key given is not the one that they are encrypted with. */
    static @Nullable Map<String, PersonalKey> older(Database database, PersonalKey present) {
        var older = new LinkedHashMap<String, PersonalKey>();
        for (Wrapped each : wrapped(database)) {
            byte[] bytes = present.opened(each.wrapped(), each.id());
            if (bytes == null) {
                return null;
            }
            older.put(each.id(), new PersonalKey(bytes));
        }
        return older;
    }

    /**
     * Brings in a new key. What was encrypted before can be read with it as well; services have to be started again with it.
     *
     * @param old 32 bytes: the key so far
     * @param next 32 bytes: the key from now on
     * @param clock gives the time, for the audit log
     * @param person who does it, for the audit log
     */
    public static Rekeyed rekey(Database database, byte[] old, byte[] next, Clock clock, String person) {
        var present = new PersonalKey(old);
        var following = new PersonalKey(next);
        if (present.id().equals(following.id())) {
            return Rekeyed.SAME;
        }
        var audit = new AuditLog(database);
        return audit.transact(() -> {
            Map<String, PersonalKey> keys = older(database, present);
            if (keys == null || (keys.isEmpty() && !opensLatest(database, present))) {
                return Rekeyed.NOT_THE_OLD_ONE;
            }
            keys.put(present.id(), present);
            Instant now = clock.instant();
            keys.forEach((id, key) -> {
                String wrapped = following.sealed(key.bytes(), id);
                database.sql()
                        .sql("INSERT INTO personal_key (id, wrapped) VALUES (?, ?)"
                                + " ON CONFLICT (id) DO UPDATE SET wrapped = excluded.wrapped")
                        .params(id, wrapped)
                        .update();
                audit.enter(Watched.PERSONAL_KEY, "personal key " + id, now, person, "REKEYED");
            });
            return Rekeyed.DONE;
        });
    }

    /** Whether a key opens the latest text that is encrypted among the latest decisions; yes when there is none. */
    private static boolean opensLatest(Database database, PersonalKey key) {
        Personal personal = Personal.opened(Personal.FIELDS, key.bytes());
        return database
                .sql()
                .sql(Entries.SELECT + "WHERE d.personal = 'ENCRYPTED' ORDER BY d.kept_at DESC, d.no DESC LIMIT ?")
                .params(LOOKED_AT)
                .query(new Entries(database)::entry)
                .list()
                .stream()
                .filter(entry -> entry.request().contains(ENCRYPTED_TEXT)) // many hold no text at all
                .findFirst()
                .map(personal::opens)
                .orElse(true);
    }
}
