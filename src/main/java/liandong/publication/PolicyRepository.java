package liandong.publication;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import liandong.digest.Sha256;
import liandong.policy.PolicyFiles;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.store.Database;
import liandong.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Whole policies in the store, each under the hash of its content. A file that several policies share is kept once.
 *
 * <p>What is read is hashed again: a policy of which a single byte is not as it was is told of and never given.
 */
public final class PolicyRepository {
    private final Database database;
    private final Clock clock;

    /**
     * The policies of a store.
     *
     * @param database the store
     * @param clock gives the time at which a policy is kept
     */
    public PolicyRepository(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Keeps a policy, unless it is kept already.
     *
     * @return the hash of its content
     */
    public String keep(PolicyFiles files) {
        String content = files.content();
        database.transact(() -> {
            if (!isKept(content)) {
                var parts = new ArrayList<Object[]>();
                for (Map.Entry<String, byte[]> file : files.files().entrySet()) {
                    String blob = Sha256.hex(file.getValue());
                    if (count("SELECT count(*) FROM policy_blob WHERE hash = ?", blob) == 0) {
                        database.sql()
                                .sql("INSERT INTO policy_blob (hash, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING")
                                .params(blob, file.getValue())
                                .update();
                    }
                    parts.add(new Object[] {content, file.getKey(), blob});
                }
                database.batches()
                        .batchUpdate(
                                "INSERT INTO policy_file (content, path, blob) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                                parts);
                database.sql()
                        .sql("INSERT INTO policy_content (hash, version, kept_at) VALUES (?, ?, ?)"
                                + " ON CONFLICT DO NOTHING")
                        .params(content, files.version(), clock.millis())
                        .update();
            }
            return content;
        });
        return content;
    }

    /**
     * Keeps a policy that decisions are about to be made by, so that they can be made again.
     *
     * @return the label that its decisions carry: the one its version was first served under
     */
    public String serve(PolicyFiles files) {
        return database.transact(() -> serve(keep(files), files.version(), files.label()));
    }

    /** See {@link #serve(PolicyFiles)}; of a policy that is kept already. */
    String serve(String content, String version, String label) {
        database.sql()
                .sql("INSERT INTO policy_version (version, content, label) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .params(version, content, label)
                .update();
        return database.sql()
                .sql("SELECT label FROM policy_version WHERE version = ?")
                .param(version)
                .query(String.class)
                .single();
    }

    private boolean isKept(String content) {
        return count("SELECT count(*) FROM policy_content WHERE hash = ?", content) > 0;
    }

    private int count(String sql, String value) {
        return database.sql().sql(sql).param(value).query(Integer.class).single();
    }

    private record Part(String path, String blob, PolicyBytes bytes) {}

    /** An array that a record may hold. */
    private static final class PolicyBytes {
        private final byte @Nullable [] bytes;

        PolicyBytes(byte @Nullable [] bytes) {
            this.bytes = bytes;
        }
    }

    /**
     * A policy as it was kept.
     *
     * @param content the hash of its content
     * @param label what to call it
     * @throws StoreException if the store is gone, or does not hold it as it was
     */
    public PolicyFiles files(String content, String label) {
        List<Part> parts = database.ask(() -> database.sql()
                .sql("SELECT f.path, f.blob, b.bytes FROM policy_file f LEFT JOIN policy_blob b ON b.hash = f.blob"
                        + " WHERE f.content = ?")
                .param(content)
                .query((row, n) ->
                        new Part(row.getString("path"), row.getString("blob"), new PolicyBytes(row.getBytes("bytes"))))
                .list());
        var files = new TreeMap<String, byte[]>();
        for (Part part : parts) {
            byte[] bytes = part.bytes().bytes;
            if (bytes == null || !Sha256.hex(bytes).equals(part.blob())) {
                throw corrupted(part.path(), content);
            }
            files.put(part.path(), bytes);
        }
        var policy = new PolicyFiles(label, files);
        if (!policy.content().equals(content)) {
            throw corrupted("policy", content);
        }
        return policy;
    }

    /** Which file each policy has at a path, by the hash of its content; those without one are left out. */
    Map<String, String> blobs(String path) {
        record At(String content, String blob) {}
        return database
                .ask(() -> database.sql()
                        .sql("SELECT content, blob FROM policy_file WHERE path = ?")
                        .param(path)
                        .query((row, n) -> new At(row.getString("content"), row.getString("blob")))
                        .list())
                .stream()
                .collect(Collectors.toMap(At::content, At::blob));
    }

    /**
     * A file by its hash; null for none.
     *
     * @throws StoreException if the store is gone, or does not hold it as it was
     */
    byte @Nullable [] blob(@Nullable String hash) {
        if (hash == null) {
            return null;
        }
        byte[] bytes = database.ask(() -> new PolicyBytes(database.sql()
                        .sql("SELECT bytes FROM policy_blob WHERE hash = ?")
                        .param(hash)
                        .query((row, n) -> row.getBytes("bytes"))
                        .optional()
                        .orElse(null)))
                .bytes;
        if (bytes == null || !Sha256.hex(bytes).equals(hash)) {
            throw corrupted("policy", hash);
        }
        return bytes;
    }

    /**
     * A version that decisions were made by.
     *
     * @return its files with the label its decisions carry; null when no decision was ever made by it
     * @throws StoreException if the store is gone, or does not hold it as it was
     */
    @Nullable
    PolicyFiles version(String version) {
        record Served(String content, String label) {}
        Served served = database.ask(() -> database.sql()
                .sql("SELECT content, label FROM policy_version WHERE version = ?")
                .param(version)
                .query((row, n) -> new Served(row.getString("content"), row.getString("label")))
                .optional()
                .orElse(null));
        return served == null ? null : files(served.content(), served.label());
    }

    /** The label that decisions by a version carry; null when none was ever made by it. */
    @Nullable
    String label(String version) {
        return database.ask(() -> database.sql()
                .sql("SELECT label FROM policy_version WHERE version = ?")
                .param(version)
                .query(String.class)
                .optional()
                .orElse(null));
    }

    private static StoreException corrupted(String path, String content) {
        return new StoreException(
                Problem.of(Code.CORRUPTED_POLICY, new FileRef(path), content),
                new IllegalStateException("hashes differ"));
    }
}
