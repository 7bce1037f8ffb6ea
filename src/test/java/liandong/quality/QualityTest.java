package liandong.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import liandong.CallingSystem;
import liandong.District;
import liandong.decision.Decisions;
import liandong.decision.Trouble;
import liandong.journal.Archive;
import liandong.journal.DecisionQuery;
import liandong.journal.Personal;
import liandong.journal.PlainEntries;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.quality.QualityReport.CaseInTrouble;
import liandong.quality.QualityReport.Figure;
import liandong.quality.QualityReport.Judgement;
import liandong.quality.QualityReport.State;
import liandong.store.Database;
import liandong.store.Stores;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow") // decides whole cases by a whole policy
class QualityTest {
    private static final Instant TO = Instant.parse("2026-12-01T00:00:00Z");
    /** The column of the lead in 派单目录. */
    private static final int LEAD = 3;

    private static final String ROUTING = "decision-tables/routing.xlsx";

    private static QualityReport judged(Database database) {
        return judged(database, District.policy());
    }

    private static QualityReport judged(Database database, Policy policy) {
        return Quality.of(new Archive(database), null, TO, Long.MAX_VALUE, cases -> {})
                .report(policy, Integer.MAX_VALUE);
    }

    /** The district's policy with some rows of its routing tables mended. */
    private static Policy mended(Consumer<XSSFWorkbook> mend) throws Exception {
        PolicyFiles files = District.files();
        var changed = new TreeMap<>(files.files());
        try (var book = new XSSFWorkbook(new ByteArrayInputStream(changed.get(ROUTING)));
                var bytes = new ByteArrayOutputStream()) {
            mend.accept(book);
            book.write(bytes);
            changed.put(ROUTING, bytes.toByteArray());
        }
        return Decisions.policy(new PolicyFiles("mended", changed), LocalDate.of(2026, 11, 20));
    }

    private static Row row(XSSFWorkbook book, String sheet, String id) {
        return StreamSupport.stream(book.getSheet(sheet).spliterator(), false)
                .filter(row -> row.getCell(0) != null
                        && row.getCell(0).getCellType() == CellType.STRING
                        && row.getCell(0).getStringCellValue().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void write(Cell cell, String text) {
        cell.setBlank(); // or POI leaves the old text of an inline string
        cell.setCellValue(text);
    }

    /** A row in a line: what it answers for has a mark, what nobody can say is left out. */
    private static String told(Judgement row) {
        return (row.id() + " " + row.state() + " " + row.cases() + " +" + row.surplus() + " | " + told(row.figures())
                        + " | "
                        + row.examples().stream().map(CaseInTrouble::incidentId).collect(Collectors.joining(" ")))
                .strip();
    }

    private static String told(List<Figure> figures) {
        return figures.stream()
                .map(figure -> (figure.answersFor() ? "!" : "") + figure.trouble() + " " + figure.count() + "/"
                        + figure.of()
                        + figure.because().stream()
                                .map(cause -> " " + cause.why() + " " + cause.count())
                                .collect(Collectors.joining(",")))
                .collect(Collectors.joining("; "));
    }

    private static String lines(List<Judgement> rows) {
        return rows.stream().map(row -> told(row) + "\n").collect(Collectors.joining());
    }

    private static Judgement row(QualityReport report, String id, State state) {
        return report.rows().stream()
                .filter(row -> row.id().equals(id) && row.state() == state)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void rows_are_judged_by_what_came_of_the_cases_that_they_decided(Stores kind) throws Exception {
        try (Database database = kind.open()) {
            try (var history = new CaseHistory(database, Personal.kept())) {
                history.write();
            }

            QualityReport report = judged(database);

            assertThat(report.cases()).isEqualTo(32);
            assertThat(report.decisions()).isEqualTo(new Archive(database).count(DecisionQuery.ALL));
            assertThat(report.complete()).isTrue();
            assertThat(told(report.all()))
                    .isEqualTo(
                            "RETURNED 7/32 职责有争议 4, 不属本单位职责 3; OVERRULED 12/32 市生态环境局上城分局 7, 清波门社区 5; REDONE 1/25 主观原因不满意 1; LATE 8/25 修复 8; DISSATISFIED 1/1 主观原因 1");
            assertThat(report.toMend()).isEqualTo(5);
            assertThat(lines(report.rows())).isEqualTo("""
                            DUTY-0010 CURRENT 10 +5.3 | !RETURNED 7/10 职责有争议 4, 不属本单位职责 3; !OVERRULED 7/10 市生态环境局上城分局 7; !REDONE 0/3; LATE 0/3 | FUMES-07 FUMES-06 FUMES-05 FUMES-04 FUMES-03
                            STG-0052 CURRENT 12 +4.2 | RETURNED 0/12; OVERRULED 0/12; REDONE 1/12 主观原因不满意 1; !LATE 8/12 修复 8; DISSATISFIED 1/1 主观原因 1 | LAMP-08 LAMP-07 LAMP-06 LAMP-05 LAMP-04
                            KW-00106 CURRENT 10 +2.7 | !RETURNED 7/10 职责有争议 4, 不属本单位职责 3; !OVERRULED 7/10 市生态环境局上城分局 7; REDONE 0/3; LATE 0/3 | FUMES-07 FUMES-06 FUMES-05 FUMES-04 FUMES-03
                            KW-00108 CURRENT 10 +2.7 | !RETURNED 7/10 职责有争议 4, 不属本单位职责 3; !OVERRULED 7/10 市生态环境局上城分局 7; REDONE 0/3; LATE 0/3 | FUMES-07 FUMES-06 FUMES-05 FUMES-04 FUMES-03
                            KW-04285 CURRENT 10 +2.7 | !RETURNED 7/10 职责有争议 4, 不属本单位职责 3; !OVERRULED 7/10 市生态环境局上城分局 7; REDONE 0/3; LATE 0/3 | FUMES-07 FUMES-06 FUMES-05 FUMES-04 FUMES-03
                            DUTY-0011 CURRENT 10 +0.0 | !RETURNED 0/10; !OVERRULED 5/10 清波门社区 5; !REDONE 0/5; LATE 0/5 | NOISE-05 NOISE-04 NOISE-03 NOISE-02 NOISE-01
                            KW-00123 CURRENT 10 +0.0 | !RETURNED 0/10; !OVERRULED 5/10 清波门社区 5; REDONE 0/5; LATE 0/5 | NOISE-05 NOISE-04 NOISE-03 NOISE-02 NOISE-01
                            KW-00133 CURRENT 10 +0.0 | !RETURNED 0/10; !OVERRULED 5/10 清波门社区 5; REDONE 0/5; LATE 0/5 | NOISE-05 NOISE-04 NOISE-03 NOISE-02 NOISE-01
                            KW-00139 CURRENT 10 +0.0 | !RETURNED 0/10; !OVERRULED 5/10 清波门社区 5; REDONE 0/5; LATE 0/5 | NOISE-05 NOISE-04 NOISE-03 NOISE-02 NOISE-01
                            KW-00141 CURRENT 10 +0.0 | !RETURNED 0/10; !OVERRULED 5/10 清波门社区 5; REDONE 0/5; LATE 0/5 | NOISE-05 NOISE-04 NOISE-03 NOISE-02 NOISE-01
                            THR-001 CURRENT 32 +0.0 | RETURNED 7/32 职责有争议 4, 不属本单位职责 3; !OVERRULED 12/32 市生态环境局上城分局 7, 清波门社区 5; REDONE 1/20 主观原因不满意 1; LATE 8/20 修复 8; DISSATISFIED 1/1 主观原因 1 | NOISE-05 NOISE-04 NOISE-03 NOISE-02 NOISE-01
                            DUTY-0047 CURRENT 12 +0.0 | !RETURNED 0/12; !OVERRULED 0/12; !REDONE 1/12 主观原因不满意 1; LATE 8/12 修复 8; !DISSATISFIED 1/1 主观原因 1 | LAMP-09
                            DUTY-0130 CURRENT 5 +0.0 | !RETURNED 0/5; !OVERRULED 0/5; !REDONE 0/5; LATE 0/5 |
                            KW-00610 CURRENT 12 +0.0 | !RETURNED 0/12; !OVERRULED 0/12; REDONE 1/12 主观原因不满意 1; LATE 8/12 修复 8; DISSATISFIED 1/1 主观原因 1 |
                            KW-00614 CURRENT 12 +0.0 | !RETURNED 0/12; !OVERRULED 0/12; REDONE 1/12 主观原因不满意 1; LATE 8/12 修复 8; DISSATISFIED 1/1 主观原因 1 |
                            KW-00620 CURRENT 12 +0.0 | !RETURNED 0/12; !OVERRULED 0/12; REDONE 1/12 主观原因不满意 1; LATE 8/12 修复 8; DISSATISFIED 1/1 主观原因 1 |
                            SEV-044 CURRENT 32 +0.0 | RETURNED 7/32 职责有争议 4, 不属本单位职责 3; OVERRULED 12/32 市生态环境局上城分局 7, 清波门社区 5; REDONE 1/25 主观原因不满意 1; LATE 8/25 修复 8; DISSATISFIED 1/1 主观原因 1 | NOISE-05 NOISE-04 NOISE-03 NOISE-02 NOISE-01
                            STG-0012 CURRENT 10 +0.0 | RETURNED 7/10 职责有争议 4, 不属本单位职责 3; OVERRULED 7/10 市生态环境局上城分局 7; REDONE 0/3; !LATE 0/10 |
                            STG-0013 CURRENT 10 +0.0 | RETURNED 0/10; OVERRULED 5/10 清波门社区 5; REDONE 0/5; !LATE 0/5 |
                            STG-0138 CURRENT 5 +0.0 | RETURNED 0/5; OVERRULED 0/5; REDONE 0/5; !LATE 0/5 |
                            URG-032 CURRENT 32 +0.0 | RETURNED 7/32 职责有争议 4, 不属本单位职责 3; OVERRULED 12/32 市生态环境局上城分局 7, 清波门社区 5; REDONE 1/25 主观原因不满意 1; LATE 8/25 修复 8; DISSATISFIED 1/1 主观原因 1 | NOISE-05 NOISE-04 NOISE-03 NOISE-02 NOISE-01
                            """);
            assertThat(lines(report.rules())).isEqualTo("""
                            RTE-360 CURRENT 10 +4.7 | !RETURNED 7/10 职责有争议 4, 不属本单位职责 3; !OVERRULED 7/10 市生态环境局上城分局 7; !REDONE 0/3; !LATE 0/3 | FUMES-07 FUMES-06 FUMES-05 FUMES-04 FUMES-03
                            RTE-350 CURRENT 12 +3.7 | !RETURNED 0/12; !OVERRULED 0/12; !REDONE 1/12 主观原因不满意 1; !LATE 8/12 修复 8; !DISSATISFIED 1/1 主观原因 1 | LAMP-09 LAMP-08 LAMP-07 LAMP-06 LAMP-05
                            RTE-330 CURRENT 10 +0.0 | !RETURNED 0/10; !OVERRULED 5/10 清波门社区 5; !REDONE 0/5; !LATE 0/5 | NOISE-05 NOISE-04 NOISE-03 NOISE-02 NOISE-01
                            RTE-120 CURRENT 32 +0.0 | !RETURNED 7/32 职责有争议 4, 不属本单位职责 3; !OVERRULED 12/32 市生态环境局上城分局 7, 清波门社区 5; !REDONE 1/20 主观原因不满意 1; !LATE 8/20 修复 8; !DISSATISFIED 1/1 主观原因 1 | NOISE-05 NOISE-04 NOISE-03 NOISE-02 NOISE-01
                            RTE-200 CURRENT 32 +0.0 | !RETURNED 7/32 职责有争议 4, 不属本单位职责 3; !OVERRULED 12/32 市生态环境局上城分局 7, 清波门社区 5; !REDONE 1/25 主观原因不满意 1; !LATE 8/25 修复 8; !DISSATISFIED 1/1 主观原因 1 | NOISE-05 NOISE-04 NOISE-03 NOISE-02 NOISE-01
                            RTE-400 CURRENT 32 +0.0 | !RETURNED 7/32 职责有争议 4, 不属本单位职责 3; !OVERRULED 12/32 市生态环境局上城分局 7, 清波门社区 5; !REDONE 1/25 主观原因不满意 1; !LATE 8/25 修复 8; !DISSATISFIED 1/1 主观原因 1 | NOISE-05 NOISE-04 NOISE-03 NOISE-02 NOISE-01
                            RTE-100 CURRENT 5 +0.0 | !RETURNED 0/5; !OVERRULED 0/5; !REDONE 0/5; !LATE 0/5 |
                            RTE-320 CURRENT 5 +0.0 | !RETURNED 0/5; !OVERRULED 0/5; !REDONE 0/5; !LATE 0/5 |
                            """);
        }
    }

    @Test
    void a_rate_has_its_interval_and_what_it_is_with_the_others() throws Exception {
        try (Database database = Stores.SQLITE.open()) {
            try (var history = new CaseHistory(database, Personal.kept())) {
                history.write();
            }

            Figure returned = judged(database).rows().get(0).figures().get(0);

            assertThat(returned.trouble()).isEqualTo(Trouble.RETURNED);
            assertThat(List.of(returned.rate(), returned.low(), returned.high()))
                    .containsExactly(new BigDecimal("70.00"), new BigDecimal("39.68"), new BigDecimal("89.22"));
            assertThat(returned.others()).isEqualTo(new BigDecimal("0.00"));
        }
    }

    @Test
    void the_others_of_a_rule_are_the_cases_that_it_had_no_part_in_whatever_came_of_them() throws Exception {
        try (Database database = Stores.SQLITE.open();
                Database few = Stores.SQLITE.open()) {
            try (var history = new CaseHistory(database, Personal.kept());
                    var overruled = new CaseHistory(few, Personal.kept())) {
                history.write();
                for (String id : List.of("A", "B")) {
                    overruled.reported(id, "2026-09-21T09:00:00+08:00", "广场舞噪音扰民", "");
                    overruled.reported(id, "2026-09-21T09:00:00+08:00", "广场舞噪音扰民", ", \"eventType\": \"小区停车管理\"");
                }
            }

            // RTE-100 decided the second assignment of five of the twelve cases that were overruled, all in all there
            // are 32
            assertThat(overruled(judged(database), "RTE-100").others()).isEqualTo(new BigDecimal("25.93"));
            // and here of both
            assertThat(overruled(judged(few), "RTE-100")).satisfies(figure -> {
                assertThat(figure.count()).isZero();
                assertThat(figure.of()).isEqualTo(2);
                assertThat(figure.others()).isNull();
            });
        }
    }

    private static Figure overruled(QualityReport report, String rule) {
        return report.rules().stream()
                .filter(each -> each.id().equals(rule))
                .flatMap(each -> each.figures().stream())
                .filter(each -> each.trouble() == Trouble.OVERRULED)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_stage_of_an_assignment_that_was_overruled_is_not_the_stage_of_that_name_of_the_next() throws Exception {
        try (Database database = Stores.SQLITE.open()) {
            try (var history = new CaseHistory(database, Personal.kept())) {
                // overruled in time: how long the lamps had says nothing of the drains
                CallingSystem inTime = history.taken("IN-TIME", "路灯不亮").reviewed("2026-09-24T09:00:00+08:00");
                inTime.reportedAgain("2026-09-24T10:00:00+08:00", "排水设施损坏");
                CaseHistory.done(inTime, "2026-09-28");
                // overruled too late: the lamps were late, the drains are not
                CallingSystem late = history.taken("LATE", "路灯不亮").reviewed("2026-09-25T09:00:00+08:00");
                late.reportedAgain("2026-09-25T10:00:00+08:00", "排水设施损坏");
                CaseHistory.done(late, "2026-09-28");
                // done, late, and then overruled: what was done is not done for the drains
                CallingSystem done = history.taken("DONE", "路灯不亮")
                        .event("STAGE_DONE", "2026-09-25T09:00:00+08:00", "stage", "修复")
                        .reviewed("2026-09-25T09:30:00+08:00");
                done.reportedAgain("2026-09-25T10:00:00+08:00", "排水设施损坏").reviewed("2026-09-25T10:30:00+08:00");
                CaseHistory.done(done, "2026-10-14");
            }

            QualityReport report = judged(database);

            assertThat(told(report.all())).isEqualTo("RETURNED 0/3; OVERRULED 3/3 市水务集团 3; REDONE 0/3; LATE 2/3 修复 2");
            assertThat(told(row(report, "STG-0052", State.CURRENT)))
                    .isEqualTo(
                            "STG-0052 CURRENT 3 +0.0 | RETURNED 0/3; OVERRULED 3/3 市水务集团 3; !LATE 2/2 修复 2 | LATE DONE");
            assertThat(told(row(report, "STG-0051", State.CURRENT)))
                    .isEqualTo(
                            "STG-0051 CURRENT 3 +0.0 | RETURNED 0/3; OVERRULED 0/3; REDONE 0/3; !LATE 1/3 修复 1 | DONE");
        }
    }

    @Test
    void a_row_that_was_mended_is_listed_by_itself_and_one_that_was_removed_is_still_named() throws Exception {
        Policy mended = mended(routing -> {
            write(row(routing, "阶段时限", "STG-0052").getCell(5), "6 工作日");
            routing.getSheet("派单目录").removeRow(row(routing, "派单目录", "DUTY-0011"));
        });
        try (Database database = Stores.SQLITE.open()) {
            try (var history = new CaseHistory(database, Personal.kept())) {
                for (int i = 0; i < 5; i++) {
                    CaseHistory.done(history.taken("BEFORE-" + i, "路灯不亮"), "2026-09-25");
                    history.taken("NOISE-" + i, "广场舞噪音扰民");
                }
                history.under(mended);
                for (int i = 0; i < 4; i++) {
                    CaseHistory.done(history.taken("AFTER-" + i, "路灯不亮"), "2026-09-25");
                }
            }

            QualityReport report = judged(database, mended);

            assertThat(told(row(report, "STG-0052", State.CHANGED)))
                    .isEqualTo("STG-0052 CHANGED 5 +1.7 | RETURNED 0/5; OVERRULED 0/5; REDONE 0/5; !LATE 5/5 修复 5"
                            + " | BEFORE-4 BEFORE-3 BEFORE-2 BEFORE-1 BEFORE-0");
            assertThat(row(report, "STG-0052", State.CHANGED).says()).endsWith("时限 3 工作日，起算 交办");
            assertThat(told(row(report, "STG-0052", State.CURRENT)))
                    .isEqualTo("STG-0052 CURRENT 4 +0.0 | RETURNED 0/4; OVERRULED 0/4; REDONE 0/4; !LATE 0/4 |");
            assertThat(row(report, "STG-0052", State.CURRENT).says()).endsWith("时限 6 工作日，起算 交办");
            assertThat(told(row(report, "DUTY-0011", State.REMOVED)))
                    .isEqualTo("DUTY-0011 REMOVED 5 +0.0 | !RETURNED 0/5; !OVERRULED 0/5 |");
            assertThat(row(report, "DUTY-0011", State.REMOVED).at()).startsWith("routing.xlsx 派单目录!A");
        }
    }

    @Test
    void only_what_was_decided_in_the_period_is_judged_by_whatever_came_of_it() throws Exception {
        try (Database database = Stores.SQLITE.open()) {
            try (var history = new CaseHistory(database, Personal.kept())) {
                CaseHistory.done(history.taken("CASE", "路灯不亮"), "2026-09-25");
            }
            var archive = new Archive(database);
            Instant routed = Instant.parse("2026-09-21T01:00:00Z");

            QualityReport in = Quality.of(archive, routed, routed.plusMillis(1), 9, cases -> {})
                    .report(District.policy(), 3);
            QualityReport before =
                    Quality.of(archive, null, routed, 9, cases -> {}).report(District.policy(), 9);
            QualityReport after = Quality.of(archive, routed.plusMillis(1), TO, 9, cases -> {})
                    .report(District.policy(), 9);

            assertThat(told(in.all())).isEqualTo("RETURNED 0/1; OVERRULED 0/1; REDONE 0/1; LATE 1/1 修复 1");
            assertThat(in.rows()).hasSize(3);
            assertThat(in.moreRows()).isEqualTo(judged(database).rows().size() - 3);
            assertThat(List.of(before, after)).allSatisfy(report -> {
                assertThat(report.cases()).isZero();
                assertThat(report.all()).isEmpty();
                assertThat(report.rows()).isEmpty();
                assertThat(report.complete()).isTrue();
            });
        }
    }

    @Test
    void what_is_hidden_of_a_text_hides_the_rows_that_were_found_by_it_and_nothing_else() throws Exception {
        var reports = new ArrayList<String>();
        for (Personal personal : List.of(
                Personal.kept(), Personal.masked(Personal.FIELDS), Personal.encrypted(Personal.FIELDS, new byte[32]))) {
            try (Database database = Stores.SQLITE.open()) {
                try (var history = new CaseHistory(database, personal)) {
                    history.reported("CASE", "2026-09-21T09:00:00+08:00", "广场舞噪音扰民", "");
                    history.reported("CASE", "2026-09-21T09:00:00+08:00", "广场舞噪音扰民", ", \"eventType\": \"小区停车管理\"");
                }
                reports.add(lines(judged(database).rows()));
            }
        }

        assertThat(reports.get(0)).contains("DUTY-0011 CURRENT 1 +0.0 | !OVERRULED 1/1 清波门社区 1 | CASE\n", "KW-");
        assertThat(reports.get(1))
                .isEqualTo(reports.get(0)
                        .lines()
                        .filter(line -> !line.startsWith("KW-"))
                        .map(line -> line + "\n")
                        .collect(Collectors.joining()));
        assertThat(reports.get(2)).isEqualTo(reports.get(1));
    }

    @Test
    void another_report_under_the_same_id_overrules_nothing_and_neither_does_a_later_policy() throws Exception {
        Policy other = mended(routing -> write(row(routing, "派单目录", "DUTY-0047").getCell(LEAD), "区住房和城建局"));
        try (Database database = Stores.SQLITE.open()) {
            try (var history = new CaseHistory(database, Personal.kept())) {
                history.reported("TWICE", "2026-09-21T09:00:00+08:00", "路灯不亮", "");
                history.reported("TWICE", "2026-09-21T09:00:00+08:00", "广场舞噪音扰民", "");
                history.reported("LATER", "2026-09-21T09:00:00+08:00", "路灯不亮", "");
                history.under(other).reported("LATER", "2026-09-21T09:00:00+08:00", "路灯不亮", "");
            }

            assertThat(told(judged(database).all())).isEqualTo("OVERRULED 0/2");
        }
    }

    @Test
    void what_was_left_to_a_person_is_overruled_by_what_the_person_settles() throws Exception {
        try (Database database = Stores.SQLITE.open()) {
            try (var history = new CaseHistory(database, Personal.kept())) {
                history.reported("CASE", "2026-09-21T09:00:00+08:00", "今天天气好", "");
                history.reported("CASE", "2026-09-21T09:00:00+08:00", "今天天气好", ", \"eventType\": \"路灯故障\"");
            }

            assertThat(told(judged(database).all())).isEqualTo("OVERRULED 1/1 区城市管理局(区综合行政执法局) 1");
        }
    }

    @Test
    void a_return_that_was_refused_is_none_and_an_extended_stage_is_late_by_its_new_due_time() throws Exception {
        try (Database database = Stores.SQLITE.open()) {
            try (var history = new CaseHistory(database, Personal.kept())) {
                history.taken("REFUSED", "路灯不亮")
                        .returned("2026-09-24T16:00:00+08:00", "NOT_OUR_DUTY")
                        .reviewed("2026-09-24T17:00:00+08:00");
                CallingSystem extended = history.taken("EXTENDED", "老小区停车难，没有车位");
                extended.event("EXTENSION_REQUESTED", "2026-09-22T09:00:00+08:00", "stage", extended.stage(0))
                        .reviewed("2026-09-22T09:00:00+08:00");
                CaseHistory.done(extended, "2026-10-23");
            }

            assertThat(told(judged(database).all())).isEqualTo("RETURNED 0/2; OVERRULED 0/2; REDONE 0/1; LATE 0/1");
        }
    }

    @Test
    void a_case_that_is_still_open_after_its_due_time_is_late() throws Exception {
        try (Database database = Stores.SQLITE.open()) {
            try (var history = new CaseHistory(database, Personal.kept())) {
                history.taken("OPEN", "路灯不亮").reviewed("2026-09-24T17:29:00+08:00");
                history.taken("LATE", "路灯不亮").reviewed("2026-09-25T09:00:00+08:00");
            }

            assertThat(told(judged(database).all())).isEqualTo("RETURNED 0/2; OVERRULED 0/2; LATE 1/1 修复 1");
        }
    }

    @Test
    void it_stops_after_so_many_cases_and_says_so() throws Exception {
        try (Database database = Stores.SQLITE.open()) {
            try (var history = new CaseHistory(database, Personal.kept())) {
                for (int i = 0; i < 3; i++) {
                    history.reported("CASE-" + i, "2026-09-21T09:00:00+08:00", "路灯不亮", "");
                }
            }
            var archive = new Archive(database);
            var told = new ArrayList<Long>();

            QualityReport some = Quality.of(archive, null, TO, 2, told::add).report(District.policy(), 9);
            QualityReport all = Quality.of(archive, null, TO, 3, told::add).report(District.policy(), 9);

            assertThat(some.cases()).isEqualTo(2);
            assertThat(some.complete()).isFalse();
            assertThat(all.cases()).isEqualTo(3);
            assertThat(all.complete()).isTrue();
            assertThat(told).containsExactly(1L, 2L, 1L, 2L, 3L);
        }
    }

    @Test
    void decisions_that_somebody_has_tampered_with_are_passed_over() throws Exception {
        try (Database database = Stores.SQLITE.open()) {
            try (var history = new CaseHistory(database, Personal.kept())) {
                for (int i = 0; i < 3; i++) {
                    history.reported("CASE-" + i, "2026-09-21T09:00:00+08:00", "路灯不亮", "");
                }
            }
            PlainEntries.of(database);
            for (String nonsense :
                    List.of("{", "[]", "{\"because\": 7, \"assignment\": \"x\", \"decidedAt\": \"soon\"}")) {
                database.sql()
                        .sql("UPDATE decision SET answer = ?, request = ? WHERE subject = 'CASE-1'")
                        .params(nonsense, nonsense)
                        .update();

                assertThat(told(judged(database).all())).isEqualTo("OVERRULED 0/2");
            }
        }
    }

    @Test
    void the_workbook_has_figures_charts_and_cases() throws Exception {
        try (Database database = Stores.SQLITE.open();
                var bytes = new ByteArrayOutputStream()) {
            try (var history = new CaseHistory(database, Personal.kept())) {
                history.write();
            }

            QualityReport report = judged(database);
            QualityWorkbook.write(report, bytes);

            try (var book = new XSSFWorkbook(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(book)
                        .extracting(sheet -> sheet.getSheetName())
                        .containsExactly("概要", "待修订", "各行", "各规则", "案例");
                assertThat(column(book.getSheet("待修订"), 0))
                        .containsExactly("编号 Id", "DUTY-0010", "STG-0052", "KW-00106", "KW-00108", "KW-04285");
                assertThat(column(book.getSheet("待修订"), 5))
                        .containsExactly("至少多出 At least more", "5.3", "4.2", "2.7", "2.7", "2.7");
                assertThat(book.getSheet("待修订").getRow(3).getCell(6).getStringCellValue())
                        .isEqualTo("逾期 8/12（66.67%，区间 39.06–86.19，其余 0.00%）修复 8");
                assertThat(column(book.getSheet("各行"), 0))
                        .hasSize(1 + report.rows().size());
                assertThat(column(book.getSheet("各规则"), 0))
                        .hasSize(1 + report.rules().size());
                assertThat(column(book.getSheet("案例"), 2)).contains("FUMES-07", "LAMP-08", "NOISE-05");
                for (String charted : List.of("概要", "待修订")) {
                    assertThat(book.getSheet(charted).createDrawingPatriarch().getCharts())
                            .as(charted)
                            .hasSize(1);
                }
            }
        }
    }

    @Test
    void the_workbook_of_nothing_says_so() throws Exception {
        try (Database database = Stores.SQLITE.open();
                var bytes = new ByteArrayOutputStream()) {
            QualityWorkbook.write(judged(database), bytes);

            try (var book = new XSSFWorkbook(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(column(book.getSheet("待修订"), 0)).containsExactly("编号 Id", "（无）");
                assertThat(column(book.getSheet("各行"), 0)).containsExactly("编号 Id", "（无）");
                assertThat(column(book.getSheet("案例"), 0)).containsExactly("编号 Id", "（无）");
            }
        }
    }

    /** The cells of a column below the title. */
    private static List<String> column(XSSFSheet sheet, int number) {
        return StreamSupport.stream(sheet.spliterator(), false)
                .skip(1)
                .map(row ->
                        row.getCell(number) == null ? "" : row.getCell(number).toString())
                .toList();
    }
}
