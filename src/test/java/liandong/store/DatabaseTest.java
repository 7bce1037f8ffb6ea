package liandong.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import liandong.problem.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseTest {
    /** The newest format: the last of the migrations V1 to Vn. */
    private static final int FORMAT = 12;

    @ParameterizedTest
    @EnumSource
    void a_store_is_made_once_and_found_again(Stores kind) {
        String at = kind.fresh();
        try (Database first = Database.open(at, null, null)) {
            first.sql().sql("INSERT INTO decision_term VALUES (7, 5, 1)").update();
        }

        try (Database again = Database.open(at, null, null)) {
            assertThat(again.sql()
                            .sql("SELECT term FROM decision_term")
                            .query(Long.class)
                            .list())
                    .containsExactly(7L);
            assertThat(again.reachable()).isTrue();
        }
    }

    @Test
    void the_files_of_a_store_are_nobody_elses_to_read(@TempDir Path folder) throws Exception {
        for (String at : List.of(folder.resolve("a.db").toString(), "jdbc:sqlite:" + folder.resolve("b.db"))) {
            try (Database database = Database.open(at, null, null)) {
                database.transact(() -> database.sql()
                        .sql("INSERT INTO decision_term VALUES (7, 5, 1)")
                        .update());
                assertThat(database.markServed()).isEmpty();
                List<String> rights = new ArrayList<>();
                try (var files = Files.list(folder)) {
                    for (Path file : files.sorted().toList()) {
                        rights.add(file.getFileName().toString().replaceFirst("^.", "x") + " "
                                + PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
                    }
                }
                assertThat(rights)
                        .contains(
                                "x.db rw-------", "x.db-wal rw-------", "x.db-shm rw-------", "x.db-serving rw-------")
                        .allMatch(each -> each.endsWith(" rw-------"));
            }
        }
    }

    @Test
    void a_second_service_on_one_file_is_told_of_the_first_as_long_as_that_runs(@TempDir Path folder) throws Exception {
        String at = folder.resolve("a.db").toString();
        String pid = String.valueOf(ProcessHandle.current().pid());
        try (Database second = Database.open(at, null, null)) {
            try (Database first = Database.open(at, null, null)) {
                assertThat(first.markServed()).isEmpty();
                assertThat(second.markServed()).contains(pid);
            }
            assertThat(second.markServed()).isEmpty();
        }
        try (var files = Files.list(folder)) {
            assertThat(files.filter(each -> each.toString().endsWith("-serving")))
                    .isEmpty();
        }
    }

    @Test
    void several_services_may_run_on_one_postgres() {
        String at = Stores.POSTGRES.fresh();
        try (Database first = Database.open(at, null, null);
                Database second = Database.open(at, null, null)) {
            assertThat(first.markServed()).isEmpty();
            assertThat(second.markServed()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_fails_half_way_has_not_been_done_at_all(Stores kind) {
        try (Database database = kind.open()) {
            assertThatThrownBy(() -> database.transact(() -> {
                        database.sql()
                                .sql("INSERT INTO decision_term VALUES (7, 5, 1)")
                                .update();
                        throw new IllegalStateException("half way");
                    }))
                    .hasMessage("half way");

            assertThat(database.sql()
                            .sql("SELECT count(*) FROM decision_term")
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_store_made_by_a_newer_program_is_refused_in_both_languages_and_left_as_it_is(Stores kind) {
        String at = kind.fresh();
        try (Database ours = Database.open(at, null, null)) {
            future(ours);
        }
        String name = at.replaceFirst("\\?.*", "");

        StoreException thrown = catchThrowableOfType(StoreException.class, () -> Database.open(at, null, null));

        assertThat(thrown.problem().line(Locale.ENGLISH))
                .isEqualTo(name + ": NEWER_STORE: The store is of format 99; this program knows formats up to "
                        + FORMAT
                        + ". Nothing was changed in it. Run the program that raised the format, or a later one."
                        + " To go back to this program, restore the copy of the store that was made before.");
        assertThat(thrown.problem().line(Locale.CHINESE))
                .isEqualTo(name + ": NEWER_STORE: 存储的格式版本为 99，本程序只支持到 " + FORMAT
                        + "；存储未作任何改动。 请改用升级该存储的程序版本或更新的版本；如需退回本程序，请恢复升级前所作的存储备份。");
        assertThat(thrown.isPassing()).as("asking again helps").isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void a_store_of_format_10_is_brought_to_this_one_and_keeps_what_it_had(Stores kind) {
        String at = kind.fresh();
        try (Database before = Database.open(at, null, null)) {
            before.sql().sql("INSERT INTO decision_term VALUES (7, 5, 1)").update();
            Stores.asOfFormat11(before);
            before.batches().execute("DROP TABLE request_key");
            before.sql()
                    .sql("DELETE FROM flyway_schema_history WHERE version = '11'")
                    .update();
        }

        try (Database after = Database.open(at, null, null)) {
            assertThat(new RequestKeys(after).find("none")).isNull();
            assertThat(after.sql()
                            .sql("SELECT term FROM decision_term")
                            .query(Long.class)
                            .list())
                    .containsExactly(7L);
        }
    }

    /** Notes in Flyway's own table that a migration of a later program was applied. */
    private static void future(Database database) {
        database.sql()
                .sql("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                        + " installed_by, execution_time, success) VALUES (99, '99', 'later', 'SQL', 'V99__later.sql',"
                        + " 1, 'later', 1, true)")
                .update();
    }

    @Test
    void a_file_that_is_no_database_is_told_of_and_left_as_it_is(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("notes.txt"), "not a database, but somebody's notes ".repeat(200));
        long size = Files.size(file);

        StoreException thrown =
                catchThrowableOfType(StoreException.class, () -> Database.open(file.toString(), null, null));

        assertThat(thrown.problem().line(Locale.ENGLISH))
                .startsWith(file + ": STORE_UNREACHABLE: The store cannot be used: ")
                .contains("file is not a database");
        assertThat(Files.size(file)).isEqualTo(size);
    }

    @Test
    void a_url_of_another_kind_is_told_of() {
        StoreException thrown =
                catchThrowableOfType(StoreException.class, () -> Database.open("jdbc:h2:mem:x", null, null));

        assertThat(thrown.problem().code()).isEqualTo(Code.BAD_STORE);
    }

    @Test
    void a_server_that_does_not_answer_is_told_of_without_its_password() {
        StoreException thrown = catchThrowableOfType(
                StoreException.class,
                () -> Database.open("jdbc:postgresql://localhost:1/none?user=a&password=secret", null, null));

        assertThat(thrown.problem().line(Locale.ENGLISH))
                .startsWith("jdbc:postgresql://localhost:1/none: STORE_UNREACHABLE: ")
                .doesNotContain("secret");
        assertThat(thrown.isStarting()).as("it may answer in a moment").isTrue();
    }

    @Test
    void a_server_that_has_no_such_database_is_not_worth_waiting_for() {
        String at = Stores.POSTGRES.fresh().replaceFirst("/test\\d+", "/no_such_database");

        StoreException thrown = catchThrowableOfType(StoreException.class, () -> Database.open(at, null, null));

        assertThat(thrown.problem().line(Locale.ENGLISH)).contains("\"no_such_database\" does not exist");
        assertThat(thrown.isStarting()).isFalse();
    }
}
