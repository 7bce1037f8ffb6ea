package liandong.policy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.incident.Area;
import liandong.incident.AreaOutline;
import liandong.incident.Column;
import liandong.incident.CoordinateSystem;
import liandong.incident.GeoPoint;
import liandong.incident.Vocabulary;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.sheet.SheetData;
import liandong.table.LabelUse;
import liandong.table.SheetReader;
import org.jspecify.annotations.Nullable;

/** Reads where areas lie on the map: the sheet 区域范围 of the vocabulary, which a policy need not have. */
final class OutlineReader {
    /** The sheet. */
    static final String SHEET = "区域范围";

    private static final String VERTICES = "顶点";
    private static final Pattern BETWEEN_POINTS = Pattern.compile("\\s*[;；\\n]\\s*");
    private static final Pattern POINT =
            Pattern.compile("(-?\\d{1,3}(?:\\.\\d{1,12})?)\\s*[,，\\s]\\s*(-?\\d{1,3}(?:\\.\\d{1,12})?)");
    private static final int MOST_VERTICES = 500;

    private final Vocabulary vocabulary;
    private final Consumer<Problem> problems;
    private final LabelUse labels;

    OutlineReader(Vocabulary vocabulary, Consumer<Problem> problems, LabelUse labels) {
        this.labels = labels;
        this.vocabulary = vocabulary;
        this.problems = problems;
    }

    /**
     * A row of 区域范围.
     *
     * @param area the area; one that lies in several pieces has several rows
     * @param vertices longitude and latitude of each corner in turn, with semicolons between corners
     * @param system what they are counted by
     */
    record OutlineRow(
            @Column("区域 Area") Area area,
            @Column("顶点 Vertices") String vertices,
            @Column("坐标系 System") CoordinateSystem system) {}

    /** The outlines of a sheet, in its order; tells what is wrong with them. */
    List<AreaOutline> read(SheetData sheet) {
        var outlines = new ArrayList<AreaOutline>();
        for (var placed :
                new SheetReader(vocabulary, LocalDate.EPOCH, problems, labels).records(sheet, OutlineRow.class)) {
            OutlineRow row = placed.record();
            List<GeoPoint> vertices = vertices(row, placed.at(VERTICES));
            if (vertices != null) {
                outlines.add(new AreaOutline(row.area(), vertices));
            }
        }
        return List.copyOf(outlines);
    }

    private @Nullable List<GeoPoint> vertices(OutlineRow row, CellRef at) {
        var vertices = new ArrayList<GeoPoint>();
        for (String point : BETWEEN_POINTS.split(row.vertices().strip(), -1)) {
            if (point.isBlank()) {
                continue; // after the last corner
            }
            Matcher numbers = POINT.matcher(point.strip());
            if (!numbers.matches()) {
                problems.accept(Problem.of(Code.BAD_OUTLINE, at, point));
                return null;
            }
            double longitude = new BigDecimal(numbers.group(1)).doubleValue();
            double latitude = new BigDecimal(numbers.group(2)).doubleValue();
            if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90) {
                problems.accept(Problem.of(Code.BAD_OUTLINE, at, point));
                return null;
            }
            vertices.add(GeoPoint.of(longitude, latitude, row.system()));
        }
        if (vertices.size() < 2 || vertices.size() > MOST_VERTICES) {
            problems.accept(Problem.of(Code.OUTLINE_SIZE, at, vertices.size(), MOST_VERTICES));
            return null;
        }
        return List.copyOf(vertices);
    }
}
