package liandong.cli;

import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import liandong.Served;
import liandong.cli.Commands.Run;
import liandong.journal.Archive;
import liandong.journal.DecisionQuery;
import liandong.journal.Personal;
import liandong.policy.TinyPolicy;
import liandong.store.Database;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

@Tag("slow") // starts the program as a process
class BackupCommandTest {
    @TempDir
    private Path folder;

    private static String report(int number) {
        return "{\"now\":\"2026-03-02T09:00:00+08:00\",\"incident\":{\"id\":\"T-" + number
                + "\",\"reportedAt\":\"2026-03-02T08:30:00+08:00\",\"source\":\"GRID\",\"area\":\"330102001001\","
                + "\"text\":\"路面坑洞\"}}";
    }

    @Test
    void a_store_is_copied_while_a_service_decides_and_the_copy_verifies_and_comes_out_the_same() throws Exception {
        Path store = folder.resolve("liandong.db");
        Path copy = folder.resolve("copy.db");
        Path policy = KeptStore.written(TinyPolicy.withOneRule().files(), folder.resolve("policy"));
        var answered = new AtomicInteger();
        int before;
        int after;
        Run backup;
        try (Served service = Served.on(store.toString(), "--policy", policy.toString())) {
            var going = new AtomicBoolean(true);
            var failures = new ArrayList<String>();
            var caller = new Thread(() -> {
                HttpClient client = HttpClient.newHttpClient();
                while (going.get()) {
                    try {
                        HttpResponse<String> response = client.send(
                                HttpRequest.newBuilder(service.at("/v1/routing"))
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofString(report(answered.get())))
                                        .build(),
                                BodyHandlers.ofString());
                        if (response.statusCode() != 200) {
                            failures.add(response.body());
                        }
                        answered.incrementAndGet();
                    } catch (Exception e) {
                        failures.add(e.toString());
                    }
                }
            });
            caller.start();
            while (answered.get() < 200) {
                Thread.sleep(10);
            }
            before = answered.get();
            backup = run("journal", "backup", copy, "--store", store, "--lang", "en");
            after = answered.get();
            while (answered.get() < after + 50) {
                Thread.sleep(10);
            }
            going.set(false);
            caller.join();
            assertThat(failures).isEmpty();
        }

        assertThat(backup.exitCode()).isZero();
        assertThat(backup.err())
                .isEqualTo(copy + " holds the store, " + Files.size(copy)
                        + " bytes. To see that it is whole: journal verify --store " + copy + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("copy.db.part")).doesNotExist();
        long held;
        try (Database database = Database.open(copy.toString(), null, null)) {
            held = new Archive(database).count(DecisionQuery.ALL);
        }
        // What was answered before it began is in it; of what came meanwhile, what had come by its moment.
        assertThat(held).isBetween((long) before, after + 1L);
        Run verified = run("journal", "verify", "--store", copy, "--lang", "en");
        assertThat(verified.exitCode()).as(verified.out()).isZero();
        Run replayed = run("replay", "--store", copy, "--to", "2099-12-31", "--lang", "en");
        assertThat(replayed.out())
                .isEqualTo("Run again: " + String.format("%,d", held) + " decisions\n  • the same, byte for byte: "
                        + String.format("%,d", held) + "\n  • different: 0\n  • not possible: 0\n");
    }

    @Test
    void a_copy_overwrites_nothing_and_says_what_to_do_about_a_store_that_is_no_file() throws Exception {
        Path store = KeptStore.write(folder, TinyPolicy.withOneRule().files(), Personal.kept(), 1);
        Path taken = Files.writeString(folder.resolve("taken.db"), "precious");

        assertThat(List.of(
                        run("journal", "backup", taken, "--store", store, "--lang", "en"),
                        run("journal", "backup", folder.resolve("no/copy.db"), "--store", store, "--lang", "en"),
                        run("journal", "backup", folder.resolve("copy.db"), "--store", taken, "--lang", "en"),
                        run(
                                "journal",
                                "backup",
                                folder.resolve("copy.db"),
                                "--store",
                                "jdbc:postgresql://db/liandong",
                                "--lang",
                                "en")))
                .containsExactly(
                        new Run(2, "", taken + " is there already; name a new file.\n"),
                        new Run(2, "", folder.resolve("no/copy.db") + " cannot be written.\n"),
                        new Run(
                                2,
                                "",
                                taken
                                        + ": STORE_UNREACHABLE: The store cannot be used: [SQLITE_NOTADB] File opened that is"
                                        + " not a database file (file is not a database) See that the file can be written"
                                        + " and its disk has room, or that the database runs and lets this user in.\n"),
                        new Run(
                                2,
                                "",
                                "jdbc:postgresql://db/liandong is no file: copy a PostgreSQL with pg_dump --format=custom"
                                        + " --file=FILE, and bring it back with pg_restore --clean --if-exists.\n"));
        assertThat(taken).hasContent("precious");
        assertThat(folder.resolve("copy.db")).doesNotExist();
    }

    @Test
    void a_store_of_an_earlier_format_stays_as_it_is() throws Exception {
        Path store = KeptStore.write(folder, TinyPolicy.withOneRule().files(), Personal.kept(), 1);
        try (Database database = Database.open(store.toString(), null, null)) {
            database.sql()
                    .sql("DELETE FROM flyway_schema_history WHERE version = '11'")
                    .update();
            database.sql().sql("DROP TABLE request_key").update();
        }

        assertThat(run("journal", "backup", folder.resolve("copy.db"), "--store", store)
                        .exitCode())
                .isZero();

        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + store);
        try (var connection = source.getConnection();
                var tables = connection.getMetaData().getTables(null, null, "request_key", null)) {
            assertThat(tables.next()).isFalse();
        }
    }
}
