package liandong.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import liandong.incident.Body;
import liandong.incident.Severity;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.Problems;
import liandong.routing.DutyRow;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;

/** What must hold of the reader whatever it is given. */
public final class Readers {
    private static final long LONGEST_NANOS = 10_000_000_000L;

    private Readers() {}

    /**
     * Reads a file as every kind of sheet there is: nothing may be thrown, nothing may take long, and what is told must
     * be a sentence in both languages.
     */
    public static List<Problem> mustStandIt(byte[] file) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        var problems = new Problems();
        List<SheetData> sheets = WorkbookReader.read("routing.xlsx", file, problems);
        boolean fatal =
                problems.all().stream().anyMatch(problem -> problem.code().isError());
        assertThat(!sheets.isEmpty() || fatal).isTrue();
        var reader = new SheetReader(Facts.VOCABULARY, LocalDate.EPOCH, problems);
        for (SheetData sheet : sheets) {
            reader.table(sheet, DutyRow.class, new TableContract(HitPolicy.FIRST, false), new HashMap<>());
            reader.records(sheet, Severity.class);
            SheetReader.terms(sheet, Body.class, Facts.VOCABULARY, new HashMap<>(), problems);
            GuideReader.promises(sheet, problems);
        }
        assertThat(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start)
                .isLessThan(LONGEST_NANOS);
        for (Problem problem : problems.all()) {
            assertThat(problem.code()).isNotEqualTo(Code.INTERNAL);
            assertThat(problem.message(Locale.ENGLISH)).isNotBlank().doesNotContain("Exception");
            assertThat(problem.message(Locale.CHINESE)).containsPattern("\\p{IsHan}");
        }
        return problems.all();
    }
}
