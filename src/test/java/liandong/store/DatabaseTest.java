package liandong.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import liandong.problem.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseTest {
    @ParameterizedTest
    @EnumSource
    void a_store_is_made_once_and_found_again(Stores kind) {
        String at = kind.fresh();
        try (Database first = Database.open(at, null, null)) {
            first.sql()
                    .sql("INSERT INTO decision_mark VALUES ('row R-1', 5, 1, '0')")
                    .update();
        }

        try (Database again = Database.open(at, null, null)) {
            assertThat(again.sql()
                            .sql("SELECT mark FROM decision_mark")
                            .query(String.class)
                            .list())
                    .containsExactly("row R-1");
            assertThat(again.reachable()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_fails_half_way_has_not_been_done_at_all(Stores kind) {
        try (Database database = kind.open()) {
            assertThatThrownBy(() -> database.transact(() -> {
                        database.sql()
                                .sql("INSERT INTO decision_mark VALUES ('row R-1', 5, 1, '0')")
                                .update();
                        throw new IllegalStateException("half way");
                    }))
                    .hasMessage("half way");

            assertThat(database.sql()
                            .sql("SELECT count(*) FROM decision_mark")
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
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
    }
}
