package liandong.sheet;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Finds the sheets among a workbook's parts, and tells of the parts that are no sheets and do more than look good. */
final class WorkbookXml {
    /** Sheets of one workbook. */
    static final int MAX_SHEETS = 255;

    private static final String TYPES = "[Content_Types].xml";
    private static final Set<String> WORKBOOKS = Set.of(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
            "application/vnd.ms-excel.sheet.macroenabled.main+xml",
            "application/vnd.ms-excel.template.macroenabled.main+xml");

    private final String file;
    private final FileRef at;
    private final PackageParts parts;
    private final Consumer<Problem> problems;
    /** The parts that have been read, in lower case. */
    private final Set<String> read = new HashSet<>();

    WorkbookXml(String file, PackageParts parts, Consumer<Problem> problems) {
        this.file = file;
        this.at = new FileRef(file);
        this.parts = parts;
        this.problems = problems;
    }

    /** What the workbook's main part says of a sheet. */
    private record Listed(String name, String relationship, boolean hidden) {}

    /**
     * A relationship from one part to another, or to something outside.
     *
     * @param type the last word of its type
     * @param target the other part's name, or the address of what is outside
     */
    private record Relationship(String type, String target, boolean external) {}

    /**
     * Reads every sheet.
     *
     * @throws IOException if the file is no workbook, or not one within the bounds
     */
    List<SheetData> sheets() throws IOException {
        String main = main();
        Map<String, Relationship> relationships = relationships(main);
        var listed = new ArrayList<Listed>();
        boolean macintosh = list(main, listed);
        String stringsPart = target(relationships, "sharedStrings");
        String stylesPart = target(relationships, "styles");
        SharedStrings strings = stringsPart == null ? new SharedStrings() : strings(stringsPart);
        Styles styles = stylesPart == null ? new Styles() : styles(stylesPart);
        var reader = new SheetXml(file, strings, styles, macintosh, problems);
        var sheets = new ArrayList<SheetData>();
        for (Listed sheet : listed) {
            Relationship part = relationships.get(sheet.relationship());
            if (part == null || part.external()) {
                throw UnreadableWorkbookException.unreadable(file);
            }
            List<SheetData.Block> filtered = filteredTables(part.target());
            try (Xml xml = open(part.target())) {
                sheets.add(reader.read(xml, sheet.name(), sheet.hidden(), filtered));
            }
        }
        others();
        return List.copyOf(sheets);
    }

    private Xml open(String part) throws IOException {
        read.add(PackageParts.key(part));
        return parts.xml(parts.original(part));
    }

    private SharedStrings strings(String part) throws IOException {
        try (Xml xml = open(part)) {
            return new SharedStrings(file, part, xml);
        }
    }

    private Styles styles(String part) throws IOException {
        try (Xml xml = open(part)) {
            return new Styles(file, part, xml);
        }
    }

    /** The name of the main part. */
    private String main() throws IOException {
        // A package may hold more than one; which one counts, its own relationships say.
        String said = target(relationships(""), "officeDocument");
        String main = null;
        var types = new StringBuilder();
        if (parts.has(TYPES)) {
            try (Xml xml = open(TYPES)) {
                while (xml.next()) {
                    String type = xml.starts() ? xml.attribute("ContentType") : null;
                    if (type != null && WORKBOOKS.contains(type.toLowerCase(Locale.ROOT))) {
                        String part = xml.starts("Override") ? String.valueOf(xml.attribute("PartName")) : said;
                        String named = part == null ? "xl/workbook.xml" : part;
                        boolean counts = said == null || PackageParts.key(named).equals(PackageParts.key(said));
                        main = counts ? named : main;
                    } else if (type != null && type.contains("main")) {
                        types.append(type).append(' ');
                    }
                }
            }
        }
        if (main == null || !parts.has(main)) {
            String declared = types + parts.beginning("mimetype", 100);
            throw new UnreadableWorkbookException(Code.NOT_A_WORKBOOK, at, FileKind.zipped(parts.names(), declared));
        }
        return main.startsWith("/") ? main.substring(1) : main;
    }

    /** Lists the sheets; gives whether days are counted as on an old Macintosh. */
    private boolean list(String main, List<Listed> listed) throws IOException {
        boolean macintosh = false;
        try (Xml xml = open(main)) {
            while (xml.next()) {
                if (xml.starts("workbookPr")) {
                    macintosh = xml.says("date1904");
                } else if (xml.starts("sheet")) {
                    String name = xml.attribute("name");
                    String state = xml.attribute("state");
                    String relationship = xml.attribute("id");
                    if (name == null || relationship == null) {
                        throw UnreadableWorkbookException.unreadable(file);
                    }
                    listed.add(new Listed(name, relationship, state != null && !state.equals("visible")));
                    if (listed.size() > MAX_SHEETS) {
                        throw new UnreadableWorkbookException(Code.TOO_MANY_SHEETS, at, MAX_SHEETS);
                    }
                }
            }
        }
        return macintosh;
    }

    /** The relationships of a part by their id; none when it has no others to do with. */
    private Map<String, Relationship> relationships(String part) throws IOException {
        int slash = part.lastIndexOf('/') + 1;
        String name = part.substring(0, slash) + "_rels/" + part.substring(slash) + ".rels";
        return parts.has(name) ? relationships(name, part.substring(0, slash)) : Map.of();
    }

    private Map<String, Relationship> relationships(String name, String folder) throws IOException {
        var relationships = new LinkedHashMap<String, Relationship>();
        try (Xml xml = open(name)) {
            while (xml.next()) {
                if (xml.starts("Relationship")) {
                    String type = String.valueOf(xml.attribute("Type"));
                    String target = String.valueOf(xml.attribute("Target"));
                    boolean external = "External".equals(xml.attribute("TargetMode"));
                    relationships.put(
                            String.valueOf(xml.attribute("Id")),
                            new Relationship(lastWord(type), external ? target : resolved(folder, target), external));
                }
            }
        }
        return relationships;
    }

    /** What a type of relationship is called, without where that is defined. */
    static String lastWord(String type) {
        return type.substring(type.lastIndexOf('/') + 1);
    }

    /** A part's name from where it is named. */
    static String resolved(String folder, String target) {
        var path = new ArrayDeque<String>();
        for (String step : (target.startsWith("/") ? target : folder + target).split("/", -1)) {
            if (step.equals("..")) {
                path.pollLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                path.addLast(step);
            }
        }
        return String.join("/", path);
    }

    /** The part of a type; null when there is none, whatever a relationship may say. */
    private @Nullable String target(Map<String, Relationship> relationships, String type) {
        return relationships.values().stream()
                .filter(each -> each.type().equals(type) && !each.external() && parts.has(each.target()))
                .map(Relationship::target)
                .findFirst()
                .orElse(null);
    }

    /** The blocks of a sheet that were made a table of their own and are shown in part. */
    private List<SheetData.Block> filteredTables(String sheet) throws IOException {
        var filtered = new ArrayList<SheetData.Block>();
        for (Relationship each : relationships(sheet).values()) {
            if (each.type().equals("table") && parts.has(each.target())) {
                try (Xml xml = open(each.target())) {
                    while (xml.next()) {
                        SheetData.Block block = xml.starts("autoFilter") ? SheetXml.filter(xml) : null;
                        if (block != null) {
                            filtered.add(block);
                        }
                    }
                }
            }
        }
        return filtered;
    }

    /** Goes through the parts that hold no cells: each must be harmless to open, and some are told of. */
    private void others() throws IOException {
        for (String part : parts.names()) {
            Code code = code(part);
            if (part.endsWith(".rels")) {
                outside(part);
            } else if (part.endsWith(".xml") || part.endsWith(".vml")) {
                code = xml(part, code);
            } else if (!part.endsWith("/")) {
                parts.pass(part);
            }
            if (code != null) {
                problems.accept(Problem.of(code, at, parts.original(part)));
            }
        }
    }

    private static @Nullable Code code(String part) {
        if (part.endsWith("vbaproject.bin")
                || part.startsWith("xl/macrosheets/")
                || part.startsWith("xl/dialogsheets/")) {
            return Code.MACROS;
        }
        if (part.contains("/embeddings/") || (part.contains("/activex/") && part.endsWith(".bin"))) {
            return Code.EMBEDDED_OBJECT;
        }
        return part.equals("xl/connections.xml") ? Code.DATA_CONNECTION : null;
    }

    /** Reads a part that is not needed; gives what is to be told of it. */
    private @Nullable Code xml(String part, @Nullable Code code) throws IOException {
        Code found = code;
        if (read.contains(part)) {
            return found;
        }
        try (Xml xml = open(part)) {
            while (xml.next()) {
                if (part.startsWith("xl/externallinks/") && xml.starts("ddeLink")) {
                    found = Code.DDE_LINK;
                }
            }
        }
        return found;
    }

    /** Tells what lies outside of the file and would be fetched; a link that somebody has to click is none of these. */
    private void outside(String part) throws IOException {
        for (Relationship each : relationships(part, "").values()) {
            if (each.external() && !each.type().equals("hyperlink")) {
                problems.accept(Problem.of(Code.EXTERNAL_LINK, at, each.target()));
            }
        }
    }
}
