package liandong.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import org.junit.jupiter.api.Test;

class ZippedPolicyTest {
    private final List<Problem> problems = new ArrayList<>();

    private static byte[] zip(Charset names, String... files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes, names)) {
            for (String file : files) {
                zip.putNextEntry(new ZipEntry(file));
                zip.write(file.getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private List<String> read(byte[] zip) {
        PolicyFiles files = PolicyFiles.zip("my.zip", zip, problems::add);
        return files == null ? List.of() : List.copyOf(files.files().keySet());
    }

    @Test
    void only_what_belongs_to_a_policy_is_taken() throws IOException {
        byte[] zip = zip(
                StandardCharsets.UTF_8,
                "my/decision-tables/routing.xlsx",
                "my/decision-tables/~$routing.xlsx",
                "my/decision-tables/scenarios/day.xlsx",
                "my/rules/routing.drl",
                "my/rules/notes.txt",
                "__MACOSX/my/decision-tables/routing.xlsx",
                "../decision-tables/deep/x.xlsx",
                "/etc/decision-tables/x.xlsx",
                "../decision-tables/x.xlsx");

        assertThat(read(zip))
                .containsExactly(
                        "decision-tables/routing.xlsx", "decision-tables/scenarios/day.xlsx", "rules/routing.drl");
        assertThat(problems).isEmpty();
    }

    @Test
    void the_names_of_chinese_file_managers_are_understood() throws IOException {
        assertThat(read(zip(Charset.forName("GB18030"), "政策/decision-tables/派单.xlsx")))
                .containsExactly("decision-tables/派单.xlsx");
        assertThat(read(zip(StandardCharsets.UTF_8, "政策\\decision-tables\\派单.xlsx")))
                .containsExactly("decision-tables/派单.xlsx");
    }

    @Test
    void two_policies_in_one_zip_are_none() throws IOException {
        assertThat(read(zip(StandardCharsets.UTF_8, "a/decision-tables/x.xlsx", "b/decision-tables/y.xlsx")))
                .isEmpty();
        assertThat(problems).containsExactly(Problem.of(Code.UNREADABLE_ARCHIVE, new FileRef("my.zip")));
    }

    @Test
    void a_bomb_is_not_unpacked() throws IOException {
        assertThat(read(bomb("decision-tables/bomb.xlsx"))).isEmpty();
        assertThat(problems)
                .containsExactly(Problem.of(
                        Code.TOO_LARGE, new FileRef("my.zip"), "decision-tables/bomb.xlsx", "32 MiB, 64 MiB"));
    }

    @Test
    void a_bomb_that_nobody_asks_for_is_passed_over() throws IOException {
        assertThat(read(bomb("bomb.bin"))).containsExactly("decision-tables/small.xlsx");
        assertThat(problems).isEmpty();
    }

    private static byte[] bomb(String name) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("decision-tables/small.xlsx"));
            zip.putNextEntry(new ZipEntry(name));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 40; i++) {
                zip.write(zeros);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void more_entries_than_a_policy_has_are_not_read() throws IOException {
        var names = new ArrayList<String>();
        for (int i = 0; i <= ZippedPolicy.MAX_ENTRIES; i++) {
            names.add("decision-tables/" + i + ".xlsx");
        }

        assertThat(read(zip(StandardCharsets.UTF_8, names.toArray(String[]::new))))
                .isEmpty();
        assertThat(problems).containsExactly(Problem.of(Code.TOO_LARGE, new FileRef("my.zip"), "my.zip", 1000));
    }

    @Test
    void a_workbook_takes_the_place_of_the_one_with_its_sheets() {
        PolicyFiles tiny = TinyPolicy.complete().files();
        byte[] routing = requireNonNull(tiny.tables().get("routing.xlsx"));

        PolicyFiles same = requireNonNull(tiny.replacing(Map.of("routing.xlsx", routing), problems::add));
        PolicyFiles renamed = requireNonNull(tiny.replacing(Map.of("派单（新）.xlsx", routing), problems::add));

        assertThat(same.version()).isEqualTo(tiny.version());
        assertThat(renamed.tables().keySet()).contains("派单（新）.xlsx").doesNotContain("routing.xlsx");
        assertThat(renamed.tables().keySet()).hasSameSizeAs(tiny.tables().keySet());
    }
}
