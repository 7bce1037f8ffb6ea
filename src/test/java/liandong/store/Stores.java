package liandong.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The kinds of store that every test of the store runs on; both are real. */
public enum Stores {
    SQLITE {
        @Override
        public String fresh() {
            try {
                return Files.createTempDirectory("store").resolve("liandong.db").toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    POSTGRES {
        @Override
        public String fresh() {
            EmbeddedPostgres server = server();
            String name = "test" + NEXT.getAndIncrement();
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return server.getJdbcUrl("postgres", name);
        }
    };

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static @Nullable EmbeddedPostgres running;

    /** Where a new, empty store is. */
    public abstract String fresh();

    /** A new, empty store, open. */
    public Database open() {
        return Database.open(fresh(), null, null);
    }

    /** Takes from a store what came after format 11, so that it is as that left it. */
    public static void asOfFormat11(Database database) {
        for (String table : List.of("webhook", "webhook_cursor", "webhook_event")) {
            database.batches().execute("DROP TABLE " + table);
        }
        database.sql()
                .sql("DELETE FROM flyway_schema_history WHERE version = '12'")
                .update();
    }

    /** The server that all tests of this run share; it ends with them. */
    private static synchronized EmbeddedPostgres server() {
        if (running == null) {
            try {
                Path data = Files.createTempDirectory("postgres");
                running = EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return running;
    }
}
