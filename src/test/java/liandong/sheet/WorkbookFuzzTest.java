package liandong.sheet;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import liandong.table.Readers;
import org.junit.jupiter.api.Tag;

/**
 * Lets Jazzer look for a part of a workbook that the reader does not stand: {@code mvn -Pfuzz verify}.
 *
 * <p>Not in a normal run, since Jazzer rewrites the classes of all tests beside it; {@link WorkbookMutationTest} tries the
 * seeds there.
 */
@Tag("fuzz")
class WorkbookFuzzTest {
    private static final String[] PARTS = {
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
        "xl/externalLinks/externalLink1.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
    };

    /** The part that is replaced, by the first byte, with what follows; above all parts, the whole file. */
    @FuzzTest(maxDuration = "20m")
    void any_part_may_hold_anything(byte[] data) {
        Readers.mustStandIt(file(data));
    }

    static byte[] file(byte[] data) {
        int part = data.length == 0 ? PARTS.length : data[0] & 0xF;
        byte[] rest = data.length == 0 ? data : Arrays.copyOfRange(data, 1, data.length);
        if (part >= PARTS.length) {
            return rest;
        }
        return Packed.workbook("").part(PARTS[part], out -> out.write(rest)).bytes();
    }
}
