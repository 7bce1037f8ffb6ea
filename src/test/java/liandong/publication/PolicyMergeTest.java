package liandong.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import liandong.policy.PolicyFiles;
import liandong.policy.TinyPolicy;
import liandong.publication.PolicyMerge.Collision;
import liandong.publication.SheetDiff.CellDiff;
import liandong.sheet.WorkbookReader;
import org.junit.jupiter.api.Test;

class PolicyMergeTest {
    private static final String FILE = "routing.xlsx";
    private static final String PATH = "decision-tables/routing.xlsx";
    private static final String SHEET = "转接";
    private static final String[] HEADER = {"编号 Id", "危及生命 Life in danger", "转接单位 Relay to", "依据 Source", "状态 Status"};

    private static String[] row(String... cells) {
        return cells;
    }

    private static TinyPolicy relays(String[]... rows) {
        return TinyPolicy.withOneRule()
                .sheet(
                        FILE,
                        SHEET,
                        Stream.concat(Stream.<String[]>of(HEADER), Stream.of(rows))
                                .toArray(String[][]::new));
    }

    private static final String[] FIRST = row("R-1", "是", "急救专线", "热线办法", "已确认");
    private static final String[] SECOND = row("R-2", "是", "主办局", "热线办法", "已确认");
    private static final String[] THIRD = row("R-3", "是", "协办局", "热线办法", "已确认");

    private static final PolicyFiles BASE = relays(FIRST, SECOND, THIRD).files();

    private static PolicyMerge merge(TinyPolicy theirs, TinyPolicy mine) {
        return PolicyMerge.of(BASE, theirs.files(), mine.files().labelled("mine"));
    }

    private static void assertSays(PolicyMerge merge, TinyPolicy expected) {
        assertThat(merge.collisions()).isEmpty();
        PolicyFiles merged = Objects.requireNonNull(merge.merged());
        assertThat(merged.label()).isEqualTo("mine");
        assertThat(SheetDiff.between(
                        FILE, expected.files().files().get(PATH), merged.files().get(PATH)))
                .isEmpty();
    }

    @Test
    void rows_that_one_changed_and_rows_that_the_other_changed_are_all_as_they_were_changed() {
        TinyPolicy theirs = relays(FIRST, row("R-2", "是", "水务公司", "热线办法", "已确认"), THIRD);
        TinyPolicy mine = relays(row("R-1", "是", "急救专线", "新办法", ""), SECOND, THIRD);

        PolicyMerge merge = merge(theirs, mine);

        assertSays(merge, relays(row("R-1", "是", "急救专线", "新办法", ""), row("R-2", "是", "水务公司", "热线办法", "已确认"), THIRD));
        assertThat(merge.theirs().stream()
                        .flatMap(file -> file.sheets().stream())
                        .flatMap(sheet -> sheet.rows().stream())
                        .map(SheetDiff.RowDiff::row))
                .containsExactly("R-2");
    }

    @Test
    void new_rows_stand_behind_those_they_stood_behind_and_gone_ones_are_gone() {
        String[] added = row("R-4", "否", "主办局", "甲", "已确认");
        String[] next = row("R-5", "否", "主办局", "乙", "已确认");
        String[] top = row("R-0", "否", "协办局", "丙", "已确认");

        assertSays(
                merge(relays(FIRST, SECOND), relays(top, FIRST, added, next, SECOND, THIRD)),
                relays(top, FIRST, added, next, SECOND));
        assertSays(merge(relays(FIRST, SECOND, THIRD, added), relays(SECOND, THIRD)), relays(SECOND, THIRD, added));
    }

    @Test
    void what_both_changed_alike_is_no_collision() {
        TinyPolicy both = relays(FIRST, row("R-2", "是", "水务公司", "热线办法", "已确认"), THIRD);

        assertSays(merge(both, both), both);
    }

    @Test
    void a_row_that_both_changed_otherwise_is_told_with_what_both_say() {
        PolicyMerge merge = merge(
                relays(FIRST, row("R-2", "是", "水务公司", "热线办法", "已确认"), THIRD),
                relays(FIRST, row("R-2", "是", "协办局", "热线办法", "已确认"), row("R-3", "否", "协办局", "热线办法", "已确认")));

        assertThat(merge.merged()).isNull();
        assertThat(merge.collisions()).singleElement().satisfies(collision -> {
            assertThat(List.of(collision.path(), collision.sheet(), collision.row()))
                    .containsExactly(PATH, SHEET, "R-2");
            assertThat(collision.theirs()).extracting(CellDiff::to).containsExactly("水务公司");
            assertThat(collision.mine()).extracting(CellDiff::to).containsExactly("协办局");
        });
    }

    @Test
    void a_row_that_one_changed_and_the_other_took_away_collides() {
        PolicyMerge merge = merge(relays(FIRST, THIRD), relays(FIRST, row("R-2", "否", "主办局", "热线办法", "已确认"), THIRD));

        assertThat(merge.collisions()).extracting(Collision::row).containsExactly("R-2");
    }

    @Test
    void what_has_no_ids_or_is_no_table_is_merged_as_a_whole_or_not_at_all() {
        String day = "calendar.xlsx 办公时间!B";
        TinyPolicy theirs =
                relays(FIRST, SECOND, THIRD).cell(day + "3", "09:00").rules(TinyPolicy.ONE_RULE + "// 甲\n");
        TinyPolicy mine = relays(FIRST, SECOND, THIRD).cell(day + "4", "09:00").rules(TinyPolicy.ONE_RULE + "// 乙\n");

        assertThat(merge(theirs, mine).collisions())
                .extracting(Collision::path)
                .contains("decision-tables/calendar.xlsx")
                .anyMatch(path -> path.startsWith("rules/"));
        assertThat(merge(relays(FIRST, SECOND, THIRD), mine).collisions()).isEmpty();
    }

    @Test
    void another_order_of_rows_is_no_change_that_can_be_merged() {
        TinyPolicy theirs = relays(FIRST, row("R-2", "是", "水务公司", "热线办法", "已确认"), THIRD);

        assertThat(merge(theirs, relays(THIRD, FIRST, SECOND)).collisions())
                .extracting(Collision::row)
                .containsExactly("R-3");
    }

    private static final String[] STEP = row("R-3", "否", "协办局", "热线办法", "已确认");
    private static final PolicyFiles STEPS = relays(FIRST, SECOND, THIRD, STEP).files();

    private static PolicyMerge steps(TinyPolicy theirs, TinyPolicy mine) {
        return PolicyMerge.of(STEPS, theirs.files(), mine.files().labelled("mine"));
    }

    @Test
    void of_rows_with_one_id_the_very_one_that_was_changed_is_changed() {
        String[] other = row("R-1", "否", "急救专线", "热线办法", "已确认");
        String[] next = row("R-3", "是", "主办局", "热线办法", "已确认");
        TinyPolicy theirs = relays(other, SECOND, THIRD, STEP);

        assertSays(
                steps(theirs, relays(FIRST, SECOND, THIRD, row("R-3", "否", "水务公司", "热线办法", "已确认"))),
                relays(other, SECOND, THIRD, row("R-3", "否", "水务公司", "热线办法", "已确认")));
        assertSays(steps(theirs, relays(FIRST, SECOND, THIRD, STEP, next)), relays(other, SECOND, THIRD, STEP, next));
        assertSays(steps(theirs, relays(FIRST, SECOND, STEP)), relays(other, SECOND, STEP));
        assertSays(steps(theirs, relays(FIRST, SECOND)), relays(other, SECOND));
    }

    @Test
    void rows_with_one_id_that_both_changed_collide_though_each_changed_another_of_them_and_alike() {
        TinyPolicy theirs = relays(FIRST, SECOND, row("R-3", "是", "水务公司", "热线办法", "已确认"), STEP);
        TinyPolicy mine = relays(FIRST, SECOND, THIRD, row("R-3", "否", "水务公司", "热线办法", "已确认"));

        PolicyMerge merge = steps(theirs, mine);

        assertThat(merge.merged()).isNull();
        assertThat(merge.collisions()).extracting(Collision::row).containsExactly("R-3");
        assertSays(steps(theirs, theirs), theirs);
    }

    @Test
    void what_has_no_id_is_never_lost() {
        String[] nameless = row("", "否", "主办局", "甲", "已确认");
        TinyPolicy theirs = relays(FIRST, row("R-2", "是", "水务公司", "热线办法", "已确认"), THIRD);

        assertThat(merge(theirs, relays(FIRST, SECOND, THIRD, nameless)).collisions())
                .extracting(Collision::sheet, Collision::row)
                .containsExactly(tuple(SHEET, ""));
        assertThat(merge(relays(FIRST, SECOND, THIRD, nameless), theirs).merged())
                .isNotNull()
                .satisfies(merged -> assertThat(
                                WorkbookReader.read(
                                                FILE,
                                                Objects.requireNonNull(
                                                        merged.files().get(PATH)),
                                                problem -> {})
                                        .stream()
                                        .filter(sheet -> sheet.name().equals(SHEET))
                                        .flatMap(sheet -> sheet.lines().stream())
                                        .map(line -> line.cell(2).text()))
                        .containsSubsequence("急救专线", "水务公司", "协办局", "主办局"));
    }
}
