package liandong.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import liandong.decision.Decisions;
import liandong.incident.Area;
import liandong.incident.EventType;
import liandong.incident.Report;
import liandong.incident.Source;
import liandong.incident.Vocabulary;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * The stock policy with a duty catalogue of any size: event types × areas × bands of people, each row for one
 * combination only, and the stock tables' other sheets cut down to what a decision needs.
 */
final class Rows {
    private static final OffsetDateTime AT = OffsetDateTime.parse("2026-03-02T09:00:00+08:00");

    private final Vocabulary vocabulary;
    private final List<EventType> types;
    private final List<Area> areas;
    private final int count;

    Rows(int count) {
        this.vocabulary = Holder.STOCK.vocabulary();
        this.types = vocabulary.all(EventType.class);
        this.areas = vocabulary.all(Area.class).stream()
                .filter(area -> area.level().code().equals("COMMUNITY"))
                .toList();
        this.count = count;
    }

    private static final class Holder {
        static final Policy STOCK = load(PolicyFiles.stock());
    }

    static Policy load(PolicyFiles files) {
        try {
            return Decisions.policy(files, AT.toInstant());
        } catch (BadPolicyException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A report that only the given row covers, its event type known. */
    Report report(int row) {
        return new Report(
                "B-" + row,
                AT,
                vocabulary.all(Source.class).get(0),
                area(row),
                "",
                type(row),
                null,
                false,
                false,
                false,
                false,
                null,
                0,
                0,
                BigDecimal.ZERO,
                band(row) * 10 + 5,
                0,
                null,
                null,
                null,
                null);
    }

    /** A row as other tables have it: codes, and a band of people. */
    OtherTables.Row plain(int row) {
        return new OtherTables.Row(
                type(row).code(), area(row).code(), band(row) * 10, band(row) * 10 + 9, "D-" + row);
    }

    /** The number of the row that covers a report. */
    int numberOf(String type, String area, int people) {
        int t = 0;
        while (!types.get(t).code().equals(type)) {
            t++;
        }
        int a = 0;
        while (!areas.get(a).code().equals(area)) {
            a++;
        }
        return (people / 10 * areas.size() + a) * types.size() + t;
    }

    private EventType type(int row) {
        return types.get(row % types.size());
    }

    private Area area(int row) {
        return areas.get(row / types.size() % areas.size());
    }

    private int band(int row) {
        return row / types.size() / areas.size();
    }

    /** The stock policy's files with this catalogue in place of its routing workbook. */
    PolicyFiles files() {
        SortedMap<String, byte[]> files = new TreeMap<>(PolicyFiles.stock().files());
        files.put("decision-tables/routing.xlsx", workbook());
        return new PolicyFiles("bench", files);
    }

    private byte[] workbook() {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "bench", "1.0")) {
            sheet(workbook, "说明", List.of(
                    row("工作表 Sheet", "命中方式 Hit policy"),
                    row("关键词", "全部适用"), row("分拣门槛", "首行命中"), row("转接", "全部适用"), row("分级", "首行命中"),
                    row("紧急程度", "首行命中"), row("派单目录", "首行命中"), row("阶段时限", "全部适用")));
            sheet(workbook, "关键词", table(row("编号", "正文含", "事项", "分值", "依据", "状态"),
                    one(row("KW-1", "路灯", types.get(0).label(), "50", "基准", "有出处"))));
            sheet(workbook, "分拣门槛", table(row("编号", "最低票数", "最低领先", "具体票数", "依据", "状态"),
                    one(row("THR-1", "1", "1", "1", "基准", "有出处"))));
            sheet(workbook, "转接", table(row("编号", "危及生命", "转接单位", "依据", "状态"),
                    one(row("REL-1", "是", "110报警服务台", "基准", "有出处"))));
            sheet(workbook, "分级", table(row("编号", "死亡人数", "等级", "知会", "依据", "状态"),
                    List.of(row("SEV-1", "≥30", "特别重大", "", "基准", "有出处"), row("SEV-2", "", "一般", "", "基准", "有出处"))));
            sheet(workbook, "紧急程度", table(row("编号", "等级", "紧急程度", "依据", "状态"),
                    List.of(row("URG-1", "特别重大", "特急", "基准", "有出处"), row("URG-2", "", "一般", "基准", "有出处"))));
            var duties = new ArrayList<String[]>();
            for (int i = 0; i < count; i++) {
                String people = band(i) * 10 + "~" + (band(i) * 10 + 9);
                duties.add(row("D-" + i, type(i).label(), area(i).label(), people, "", "区司法局", "", "部门", "", "", "基准", "有出处"));
            }
            sheet(workbook, "派单目录", table(
                    row("编号", "事项", "区域", "人数", "危及生命", "牵头", "配合", "路径", "联席会议", "知会", "依据", "状态"), duties));
            sheet(workbook, "阶段时限", table(row("编号", "等级", "序", "阶段", "时限", "起算", "依据", "状态"),
                    one(row("STG-1", "", "1", "处理", "7 工作日", "交办", "基准", "有出处"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String[] row(String... cells) {
        return cells;
    }

    private static List<String[]> one(String[] row) {
        return Collections.singletonList(row);
    }

    private static List<String[]> table(String[] header, List<String[]> data) {
        var rows = new ArrayList<String[]>();
        rows.add(row("基准 Benchmark"));
        rows.add(header);
        rows.addAll(data);
        return rows;
    }

    private static void sheet(Workbook workbook, String name, List<String[]> rows) {
        Worksheet sheet = workbook.newWorksheet(name);
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < rows.get(r).length; c++) {
                if (!rows.get(r)[c].isEmpty()) {
                    sheet.value(r, c, rows.get(r)[c]);
                }
            }
        }
    }
}
