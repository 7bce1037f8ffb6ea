package liandong.cli;

import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
    @TempDir
    private Path folder;

    @Test
    void every_table_is_a_workbook_that_says_what_it_is() throws IOException {
        Path target = folder.resolve("new/drools");

        var run = run("export", target, "--lang", "en");

        assertThat(run.exitCode()).isZero();
        int rows = Commands.DISTRICT.tables().stream()
                .mapToInt(table -> table.rows().size())
                .sum();
        int tables = Commands.DISTRICT.tables().size();
        assertThat(run.err()).isEqualTo("Written: " + tables + " tables, " + rows + " rows, to " + target + ".\n");
        List<String> written;
        try (Stream<Path> paths = Files.list(target)) {
            written = paths.map(Path::toString).sorted().toList();
        }
        assertThat(run.out().lines()).containsExactlyElementsOf(written);
        assertThat(written)
                .hasSize(tables)
                .contains(target.resolve("duty-rows.drl.xlsx").toString())
                .contains(target.resolve("case-rows.drl.xlsx").toString());
        try (var workbook =
                new XSSFWorkbook(new ByteArrayInputStream(Files.readAllBytes(target.resolve("duty-rows.drl.xlsx"))))) {
            XSSFSheet sheet = workbook.getSheetAt(0);
            assertThat(sheet.getSheetName()).isEqualTo("派单目录");
            assertThat(sheet.getRow(0).getCell(0).getStringCellValue()).contains("routing.xlsx 派单目录", "首行命中");
        }
    }

    @Test
    void nothing_is_written_over() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.txt"), "mine");

        var run = run("export", folder, "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo(folder + ": this folder is not empty, and nothing is written over; name a new one.\n");
        assertThat(run.out()).isEmpty();
        assertThat(mine).hasContent("mine");
    }

    @Test
    void a_file_is_no_folder() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.txt"), "mine");

        var run = run("export", file, "--lang", "zh");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo(file + "：这是文件，请指定目录。\n");
    }

    @Test
    void a_folder_that_cannot_be_made_is_told() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.txt"), "mine");

        var run = run("export", file.resolve("below"), "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo(file.resolve("below") + ": cannot be written to.\n");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void a_folder_is_needed() {
        var run = run("export");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("DIR");
    }

    @Test
    void a_policy_that_cannot_be_used_is_not_exported() throws IOException {
        Path policy = Files.createDirectories(folder.resolve("policy"));
        Path target = folder.resolve("target");

        var run = run("export", target, "--policy", policy, "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("vocabulary.xlsx: MISSING_FILE: There is no vocabulary.xlsx.");
        assertThat(target).doesNotExist();
    }
}
