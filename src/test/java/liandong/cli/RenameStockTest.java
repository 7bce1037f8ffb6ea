package liandong.cli;

import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import liandong.cli.Commands.Run;
import liandong.incident.Body;
import liandong.policy.PolicyFiles;
import liandong.policy.PolicyLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenameStockTest {
    @TempDir
    private Path copy = Path.of("");

    @Test
    void a_body_of_the_stock_policy_has_its_new_name_though_its_texts_stand_in_the_sheets_themselves()
            throws IOException {
        PolicyFiles stock = PolicyFiles.stock();
        Path tables = Files.createDirectories(copy.resolve("decision-tables"));
        // As the stock policy's workbooks are written: no shared texts, each in its own cell.
        byte[] vocabulary = Objects.requireNonNull(stock.tables().get("vocabulary.xlsx"));
        Files.write(tables.resolve("vocabulary.xlsx"), vocabulary);
        Body first = PolicyLoader.vocabulary(stock).all(Body.class).get(0);

        Run done = run("rename", "单位", first.label(), first.label() + "甲", "--policy", copy, "--lang", "en");

        assertThat(done.exitCode()).isZero();
        Body renamed = PolicyLoader.vocabulary(PolicyFiles.onlyFolder(copy)).find(Body.class, first.label());
        assertThat(Objects.requireNonNull(renamed).label()).isEqualTo(first.label() + "甲");
        assertThat(renamed.aliases()).contains(first.label());
    }
}
