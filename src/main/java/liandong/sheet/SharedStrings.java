package liandong.sheet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import liandong.problem.Code;
import liandong.problem.FileRef;
import org.jspecify.annotations.Nullable;

/** The texts that a workbook keeps once for all its cells. */
final class SharedStrings {
    /** Characters of all of them: 1,000,000 cells of 30 characters, and 60 MB of memory. */
    static final int MOST_CHARACTERS = 30_000_000;

    /** Each as a cell: cells of the same text are one object, so that a large workbook takes little memory. */
    private final List<Cell> cells = new ArrayList<>();

    /** The texts of a workbook that has none. */
    SharedStrings() {}

    SharedStrings(String file, String part, Xml xml) throws IOException {
        long characters = 0;
        while (xml.next()) {
            if (xml.starts("si")) {
                String text = richText(xml, "si");
                characters += text.length();
                cells.add(Cell.ofText(text));
                if (characters > MOST_CHARACTERS || cells.size() > SheetXml.MAX_CELLS) {
                    throw new UnreadableWorkbookException(
                            Code.TOO_LARGE,
                            new FileRef(file),
                            part,
                            characters > MOST_CHARACTERS ? MOST_CHARACTERS : SheetXml.MAX_CELLS);
                }
            }
        }
    }

    /** The cell that holds a text; null when there is no such text. */
    @Nullable
    Cell cell(int index) {
        return index >= 0 && index < cells.size() ? cells.get(index) : null;
    }

    /** A text whose letters may differ in format, without the readings that stand above East Asian characters. */
    static String richText(Xml xml, String element) throws IOException {
        String text = "";
        StringBuilder more = null;
        while (xml.next() && !xml.ends(element)) {
            if (xml.starts("rPh")) {
                xml.text();
            } else if (xml.starts("t")) {
                String piece = Escapes.decoded(xml.text());
                if (text.isEmpty()) {
                    text = piece;
                } else {
                    more = more == null ? new StringBuilder(text) : more;
                    more.append(piece);
                    xml.mustBeWithin(more.length());
                }
            }
        }
        return more == null ? text : more.toString();
    }
}
