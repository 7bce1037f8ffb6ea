package liandong.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liandong.console.PolicyGraph.Band;
import liandong.console.PolicyGraph.Conclusion;
import liandong.console.PolicyGraph.Helper;
import liandong.console.PolicyGraph.Part;
import liandong.console.PolicyGraph.RuleNode;
import liandong.console.PolicyGraph.TableNode;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Where everything of a {@link PolicyGraph} is drawn: a band for each headline of the rules, and in it tables at the left, rules
 * in the middle, conclusions at the right. What is asked goes from left to right into rules, what is given goes on to the right,
 * and back to the rules that begin from it.
 */
final class GraphDrawing {
    private static final int TABLES = 70;
    private static final int TABLE_WIDTH = 170;
    private static final int RULES = 350;
    private static final int RULE_WIDTH = 400;
    private static final int GIVES = 870;
    private static final int GIVES_WIDTH = 160;
    static final int WIDTH = 1040;

    private static final int HEIGHT = 24;
    private static final int STEP = 28;
    private static final int TITLE = 30;
    private static final int GAP = 14;
    private static final int BULGE = 62;
    private static final int LETTER = 7;
    private static final int HAN = 13;

    private final Part part;
    private final Locale locale;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<Arrow> arrows = new ArrayList<>();

    private GraphDrawing(Part part, Locale locale) {
        this.part = part;
        this.locale = locale;
    }

    /** Where something stands. */
    private record Place(int x, int y, int width) {
        int middle() {
            return y + HEIGHT / 2;
        }

        int end() {
            return x + width;
        }
    }

    private record Arrow(String from, String to, String kind, String path) {}

    /**
     * A box.
     *
     * @param kind {@code table}, {@code helper}, {@code rule} or {@code gives}
     * @param text what fits into it
     * @param whole what it says in full
     * @param link where it leads
     * @param own what leads to it and from it, drawn when somebody points at it
     */
    record Box(
            String kind, int x, int y, int width, int height, String text, String whole, String link, List<Line> own) {}

    /** A line from one box to another: {@code asks}, {@code gives}, {@code begins} or {@code next}. */
    record Line(String kind, String path) {}

    /** A band of the drawing. */
    record Strip(String title, int y, int height) {}

    /** All of it. */
    record Drawing(int width, int height, List<Strip> strips, List<Line> lines, List<Box> boxes) {}

    static Drawing of(Part part, Locale locale) {
        return new GraphDrawing(part, locale).drawing();
    }

    /** What a conclusion, or what rules consult, is called. */
    static String named(String kind, String name, Locale locale) {
        String said = Say.of(locale, "graph." + kind + "." + name);
        return said.isEmpty() ? name : said;
    }

    private Drawing drawing() {
        var strips = new ArrayList<Strip>();
        int y = 0;
        for (Band band : part.bands()) {
            int top = y + TITLE;
            place("table ", band.tables().stream().map(TableNode::sheet).toList(), TABLES, TABLE_WIDTH, top);
            List<String> helpers = band.helpers().stream().map(Helper::name).toList();
            place("helper ", helpers, RULES, RULE_WIDTH, top);
            place(
                    "rule ",
                    band.rules().stream().map(each -> each.rule().code()).toList(),
                    RULES,
                    RULE_WIDTH,
                    top + helpers.size() * STEP);
            place("gives ", band.gives().stream().map(Conclusion::name).toList(), GIVES, GIVES_WIDTH, top);
            int most = Math.max(
                    Math.max(band.tables().size(), band.gives().size()),
                    helpers.size() + band.rules().size());
            int height = TITLE + most * STEP + GAP;
            strips.add(new Strip(band.title().isEmpty() ? Say.of(locale, "graph.beside") : band.title(), y, height));
            y += height;
        }
        join();
        return new Drawing(
                WIDTH,
                y,
                strips,
                arrows.stream().map(each -> new Line(each.kind(), each.path())).toList(),
                boxes());
    }

    private void place(String kind, List<String> names, int x, int width, int top) {
        for (int i = 0; i < names.size(); i++) {
            places.put(kind + names.get(i), new Place(x, top + i * STEP, width));
        }
    }

    private void join() {
        for (TableNode table : part.tables()) {
            String from = "table " + table.sheet();
            table.rules().forEach(rule -> across(from, "rule " + rule, "asks", 0, 0));
            table.helpers().forEach(helper -> across(from, "helper " + helper, "asks", 0, 0));
            table.next().stream()
                    .map(PolicyGraph.Next::sheet)
                    .distinct()
                    .forEach(sheet -> around(from, "table " + sheet, "next", BULGE));
        }
        for (Helper helper : part.helpers()) {
            helper.rules().forEach(rule -> around("helper " + helper.name(), "rule " + rule, "asks", BULGE / 2));
        }
        for (Conclusion conclusion : part.conclusions()) {
            String name = "gives " + conclusion.name();
            conclusion.given().forEach(rule -> across("rule " + rule, name, "gives", -4, -4));
            conclusion.asked().forEach(rule -> back(name, "rule " + rule));
        }
    }

    /** From the right side of a box to the left side of another. */
    private void across(String one, String other, String kind, int leave, int arrive) {
        Place from = places.get(one);
        Place to = places.get(other);
        if (from != null && to != null) {
            int bend = Math.max(30, (to.x() - from.end()) / 2);
            arrows.add(new Arrow(
                    one,
                    other,
                    kind,
                    "M" + from.end() + " " + (from.middle() + leave) + " C" + (from.end() + bend) + " "
                            + (from.middle() + leave) + " " + (to.x() - bend) + " " + (to.middle() + arrive) + " "
                            + to.x() + " " + (to.middle() + arrive)));
        }
    }

    /** From a conclusion at the right back to a rule. */
    private void back(String one, String other) {
        Place from = places.get(one);
        Place to = places.get(other);
        if (from != null && to != null) {
            int bend = (from.x() - to.end()) / 2;
            arrows.add(new Arrow(
                    one,
                    other,
                    "begins",
                    "M" + from.x() + " " + (from.middle() + 5) + " C" + (from.x() - bend) + " " + (from.middle() + 5)
                            + " " + (to.end() + bend) + " " + (to.middle() + 5) + " " + to.end() + " "
                            + (to.middle() + 5)));
        }
    }

    /** From the left side of a box to the left side of another in the same column. */
    private void around(String one, String other, String kind, int bulge) {
        Place from = places.get(one);
        Place to = places.get(other);
        if (from != null && to != null) {
            int far = Math.min(bulge, 14 + Math.abs(to.y() - from.y()) / 6);
            arrows.add(new Arrow(
                    one,
                    other,
                    kind,
                    "M" + from.x() + " " + from.middle() + " C" + (from.x() - far) + " " + from.middle() + " "
                            + (to.x() - far) + " " + to.middle() + " " + to.x() + " " + to.middle()));
        }
    }

    private List<Box> boxes() {
        var boxes = new ArrayList<Box>();
        for (Band band : part.bands()) {
            band.tables()
                    .forEach(table -> boxes.add(box("table", table.sheet(), table.sheet(), tableLink(table.sheet()))));
            band.helpers()
                    .forEach(helper -> boxes.add(box(
                            "helper",
                            helper.name(),
                            named("helper", helper.name(), locale),
                            "#helper-" + helper.name())));
            band.rules()
                    .forEach(rule -> boxes.add(box(
                            "rule",
                            rule.rule().code(),
                            rule.rule().code() + " " + rule.rule().title(),
                            "#" + anchor(rule))));
            band.gives()
                    .forEach(each -> boxes.add(
                            box("gives", each.name(), named("gives", each.name(), locale), "#gives-" + each.name())));
        }
        return boxes;
    }

    static String tableLink(String sheet) {
        return UriComponentsBuilder.fromPath("/console/policy/table")
                .queryParam("sheet", "{sheet}")
                .encode()
                .buildAndExpand(sheet)
                .toUriString();
    }

    static String anchor(RuleNode rule) {
        return "rule-" + rule.rule().code().replaceAll("[^\\p{L}\\p{N}-]", "-");
    }

    private Box box(String kind, String name, String whole, String link) {
        String key = kind + " " + name;
        Place place = places.getOrDefault(key, new Place(0, 0, 0));
        List<Line> own = arrows.stream()
                .filter(arrow -> arrow.from().equals(key) || arrow.to().equals(key))
                .map(arrow -> new Line(arrow.kind(), arrow.path()))
                .toList();
        return new Box(
                kind,
                place.x(),
                place.y(),
                place.width(),
                HEIGHT,
                fitting(whole, place.width() - 14),
                whole,
                link,
                own);
    }

    /** As much of a text as fits. */
    private static String fitting(String text, int width) {
        int used = 0;
        for (int i = 0; i < text.length(); i++) {
            used += text.charAt(i) < 0x2000 ? LETTER : HAN;
            if (used > width) {
                return text.substring(0, Math.max(0, i - 1)) + "…";
            }
        }
        return text;
    }
}
