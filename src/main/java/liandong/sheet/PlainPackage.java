package liandong.sheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A workbook's file packed anew, for programs that are less patient than the reader here.
 *
 * <p>Its content is the same. Names of parts are written one way wherever they stand, a strict file (ISO/IEC 29500
 * strict) becomes one of the kind that all programs write, and dates that stand there as texts of ISO 8601 are texts.
 */
public final class PlainPackage {
    private static final String TYPES = "[content_types].xml";
    private static final Pattern PLAIN = Pattern.compile("[\\w./-]+");
    /** A name of a strict file's vocabulary, where an attribute has it. */
    private static final Pattern STRICT = Pattern.compile("(=\\s*[\"'])http://purl\\.oclc\\.org/ooxml/(\\w+)/(\\w+)");

    /** A cell whose date stands there as a text of ISO 8601: before its type, behind it, up to its value, the value. */
    private static final Pattern DATE_CELL = Pattern.compile(
            "(<(?:\\w+:)?c\\b[^>]*?)\\st=\"d\"([^>]*(?<!/)>)((?:(?!</(?:\\w+:)?c>).)*?<(?:\\w+:)?v>)([^<]*)<",
            Pattern.DOTALL);

    private static final Pattern MIDNIGHT = Pattern.compile("T00:00(?::00(?:\\.0+)?)?Z?$");
    private static final Pattern CONFORMANCE = Pattern.compile("\\sconformance\\s*=\\s*[\"']strict[\"']");
    /** Other programs make these when there are none, and would stumble over a relationship to one that is not there. */
    private static final Set<String> MADE_WHEN_ABSENT = Set.of("styles", "sharedStrings");

    private final PackageParts parts;
    /** What each part is called in the new file. */
    private final Map<String, String> names = new TreeMap<>();

    private PlainPackage(PackageParts parts) {
        this.parts = parts;
        for (String part : parts.names()) {
            if (!isRelationships(part) && !part.equals(TYPES)) {
                String name = parts.original(part).replace('\\', '/').replaceFirst("^/", "");
                String extension = part.substring(part.lastIndexOf('.') + 1);
                names.put(
                        part,
                        PLAIN.matcher(name).matches()
                                ? name
                                : "parts/part" + names.size()
                                        + (PLAIN.matcher(extension).matches() ? "." + extension : ""));
            }
        }
    }

    /**
     * Packs a workbook anew.
     *
     * @param file its name
     * @param bytes the .xlsx file, which has been read without an error
     * @throws IOException if it cannot be read
     */
    public static byte[] of(String file, byte[] bytes) throws IOException {
        try (var parts = new PackageParts(file, bytes)) {
            return new PlainPackage(parts).packed();
        }
    }

    private byte[] packed() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Deflater.BEST_SPEED);
            write(zip, "[Content_Types].xml", types());
            for (String part : parts.names()) {
                String name = names.get(part);
                if (name != null) {
                    write(zip, name, isXml(part) ? loosened(parts.bytes(part)) : parts.bytes(part));
                } else if (isRelationships(part)) {
                    write(zip, relationshipsOf(written(source(part))), relationships(part));
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void write(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
    }

    private static boolean isRelationships(String part) {
        return part.endsWith(".rels") && (part.startsWith("_rels/") || part.contains("/_rels/"));
    }

    private static boolean isXml(String part) {
        return part.endsWith(".xml") || part.endsWith(".vml");
    }

    /** The part that a part of relationships belongs to; empty for those of the whole. */
    private static String source(String relationships) {
        int folder = relationships.lastIndexOf("_rels/");
        String name = relationships.substring(folder + "_rels/".length(), relationships.length() - ".rels".length());
        return relationships.substring(0, folder) + name;
    }

    private static String relationshipsOf(String part) {
        int slash = part.lastIndexOf('/') + 1;
        return part.substring(0, slash) + "_rels/" + part.substring(slash) + ".rels";
    }

    private String written(String part) {
        return names.getOrDefault(part, part);
    }

    /** What only some programs understand, as all do; else the part as it is. */
    private static byte[] loosened(byte[] xml) {
        // Each byte one character: what is looked for is plain ASCII in every encoding that matters, and the rest
        // stays.
        String text = new String(xml, StandardCharsets.ISO_8859_1);
        String loosened = text;
        if (text.contains("http://purl.oclc.org/ooxml/")) {
            loosened = loosened(CONFORMANCE.matcher(text).replaceFirst(""));
        }
        if (text.contains(" t=\"d\"")) {
            loosened = DATE_CELL
                    .matcher(loosened)
                    .replaceAll(cell -> Matcher.quoteReplacement(cell.group(1) + " t=\"str\"" + cell.group(2)
                            + cell.group(3)
                            + MIDNIGHT.matcher(cell.group(4)).replaceFirst("").replace('T', ' ') + "<"));
        }
        return loosened.equals(text) ? xml : loosened.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String loosened(String text) {
        return STRICT.matcher(text).replaceAll(match -> {
            String last = switch (match.group(3)) {
                case "extendedProperties" -> "extended-properties";
                case "customProperties" -> "custom-properties";
                default -> match.group(3);
            };
            return match.group(1) + "http://schemas.openxmlformats.org/" + match.group(2) + "/2006/" + last;
        });
    }

    private byte[] types() throws IOException {
        var xml = new StringBuilder("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">");
        Set<String> said = new LinkedHashSet<>();
        try (Xml types = parts.xml(TYPES)) {
            while (types.next()) {
                String type = types.starts() ? types.attribute("ContentType") : null;
                String extension = type == null ? null : types.attribute("Extension");
                String part = type == null ? null : types.attribute("PartName");
                if (type != null && extension != null) {
                    said.add(element("Default", "Extension", extension, "ContentType", type));
                } else if (type != null && part != null && parts.has(part)) {
                    said.add(element(
                            "Override", "PartName", "/" + written(PackageParts.key(part)), "ContentType", type));
                }
            }
        }
        said.forEach(xml::append);
        return xml.append("</Types>").toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] relationships(String part) throws IOException {
        String source = source(part);
        String folder = source.substring(0, source.lastIndexOf('/') + 1);
        var xml = new StringBuilder(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
        try (Xml all = parts.xml(part)) {
            while (all.next()) {
                if (all.starts("Relationship")) {
                    String type = loosened("=\"" + all.attribute("Type")).substring(2);
                    String target = String.valueOf(all.attribute("Target"));
                    String mode = all.attribute("TargetMode");
                    var attributes = new ArrayList<>(List.of("Id", String.valueOf(all.attribute("Id")), "Type", type));
                    String resolved = WorkbookXml.resolved(folder, target);
                    boolean inside = !"External".equals(mode);
                    if (inside && !parts.has(resolved) && MADE_WHEN_ABSENT.contains(WorkbookXml.lastWord(type))) {
                        continue;
                    }
                    attributes.add("Target");
                    attributes.add(inside && parts.has(resolved) ? "/" + written(PackageParts.key(resolved)) : target);
                    if (mode != null) {
                        attributes.addAll(List.of("TargetMode", mode));
                    }
                    xml.append(element("Relationship", attributes.toArray(String[]::new)));
                }
            }
        }
        return xml.append("</Relationships>").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String element(String name, String... attributes) {
        var xml = new StringBuilder("<" + name);
        for (int i = 0; i < attributes.length; i += 2) {
            xml.append(' ').append(attributes[i]).append("=\"");
            xml.append(
                    attributes[i + 1].replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"));
            xml.append('"');
        }
        return xml.append("/>").toString();
    }
}
