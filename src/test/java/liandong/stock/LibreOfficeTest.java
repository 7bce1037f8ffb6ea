package liandong.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import liandong.decision.Decisions;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.problem.Problem;
import liandong.table.Row;
import liandong.table.Table;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What staff edit must be what is decided by, whichever program saved it: LibreOffice opens and saves every workbook. */
@Tag("slow")
class LibreOfficeTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
    private static final String TABLES = "decision-tables/";

    @TempDir
    private static Path folder;

    private static PolicyFiles saved = PolicyFiles.stock();

    @BeforeAll
    static void open_and_save_every_stock_workbook() throws IOException, InterruptedException {
        boolean installed = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "soffice")));
        if (!installed) {
            System.err.println(
                    "SKIPPED: LibreOffice is not installed, so nobody knows whether the stock workbooks survive"
                            + " it. Install libreoffice-calc-nogui (Debian) to find out.");
        }
        assumeTrue(installed, "soffice is not installed");
        Path out = Files.createDirectories(folder.resolve("saved"));
        var command = new ArrayList<>(List.of(
                "soffice",
                "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                "--headless",
                "--convert-to",
                "xlsx:Calc MS Excel 2007 XML",
                "--outdir",
                out.toString()));
        for (var file : PolicyFiles.stock().tables().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.write(path, file.getValue());
            command.add(path.toString());
        }
        Process soffice = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("soffice.log").toFile())
                .start();
        assertThat(soffice.waitFor(5, TimeUnit.MINUTES)).isTrue();

        var files = new TreeMap<>(PolicyFiles.stock().files());
        for (String name : PolicyFiles.stock().tables().keySet()) {
            files.put(TABLES + name, Files.readAllBytes(out.resolve(name)));
        }
        saved = new PolicyFiles("saved", files);
    }

    @Test
    void the_stock_policy_says_the_same_after_libreoffice_has_saved_it() throws BadPolicyException {
        Policy before = Stock.shangcheng();
        Policy after = Decisions.policy(saved, TODAY);

        assertThat(saved.version()).isNotEqualTo(before.version());
        assertThat(lines(after.notes())).isEqualTo(lines(before.notes()));
        assertThat(after.account(TODAY)).isEqualTo(before.account(TODAY));
        assertThat(after.calendar())
                .usingRecursiveComparison()
                .ignoringFields("byLaw", "law.known") // years that somebody has asked about, worked out by the same law
                .isEqualTo(before.calendar());
        before.vocabulary()
                .sets()
                .forEach(set -> assertThat(
                                List.<Object>copyOf(after.vocabulary().all(set)))
                        .isEqualTo(List.<Object>copyOf(before.vocabulary().all(set))));
        List<Table<? extends Row>> tables = bySheet(before);
        List<Table<? extends Row>> others = bySheet(after);
        assertThat(others).hasSameSizeAs(tables);
        for (int i = 0; i < tables.size(); i++) {
            Table<? extends Row> table = tables.get(i);
            Table<? extends Row> other = others.get(i);
            assertThat(List.<Row>copyOf(other.rows())).isEqualTo(List.<Row>copyOf(table.rows()));
            assertThat(other.conditions()).isEqualTo(table.conditions());
            assertThat(other.hitPolicy()).isEqualTo(table.hitPolicy());
            assertThat(other.live(TODAY)).isEqualTo(table.live(TODAY));
        }
    }

    private static List<Table<? extends Row>> bySheet(Policy policy) {
        return policy.tables().stream()
                .sorted(Comparator.comparing(Table::sheet))
                .toList();
    }

    private static List<String> lines(List<Problem> problems) {
        return problems.stream().map(problem -> problem.line(Locale.ENGLISH)).toList();
    }
}
