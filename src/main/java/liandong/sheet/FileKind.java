package liandong.sheet;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liandong.problem.Code;
import liandong.problem.FileRef;
import org.jspecify.annotations.Nullable;

/** Tells what a file is that only bears the name of a workbook. */
final class FileKind {
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] ZIP_WITHOUT_PARTS = {'P', 'K', 5, 6};
    private static final byte[] OLE2 = {
        (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
    };
    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** What other files begin with, in ISO 8859-1. */
    private static final Map<String, String> BEGINNINGS = beginnings();

    /** How much of a file is looked at to find out whether it is text, and in which encoding. */
    private static final int SAMPLE = 1 << 16;

    private FileKind() {}

    private static Map<String, String> beginnings() {
        var beginnings = new LinkedHashMap<String, String>();
        beginnings.put("\u0089PNG", "PNG");
        beginnings.put("ÿØÿ", "JPEG");
        beginnings.put("GIF8", "GIF");
        beginnings.put("%PDF", "PDF");
        beginnings.put("{\\rtf", "RTF");
        beginnings.put("Rar!", "RAR");
        beginnings.put("7z¼¯", "7-Zip");
        beginnings.put("\u001f\u008b", "gzip");
        beginnings.put("UEsDB", "Base64"); // the beginning of a zip file, so written
        return beginnings;
    }

    /**
     * Refuses what is no zip file, which a workbook is.
     *
     * @throws UnreadableWorkbookException with what the file is instead
     */
    static void mustBeZip(String file, byte[] bytes) throws UnreadableWorkbookException {
        if (startsWith(bytes, ZIP) || startsWith(bytes, ZIP_WITHOUT_PARTS)) {
            return;
        }
        var at = new FileRef(file);
        if (bytes.length == 0) {
            throw new UnreadableWorkbookException(Code.EMPTY_FILE, at);
        }
        if (startsWith(bytes, OLE2)) {
            throw ole2(at, bytes);
        }
        String beginning = new String(bytes, 0, Math.min(8, bytes.length), StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> kind : BEGINNINGS.entrySet()) {
            if (beginning.startsWith(kind.getKey())) {
                throw new UnreadableWorkbookException(Code.NOT_A_WORKBOOK, at, kind.getValue());
            }
        }
        Charset charset = charset(bytes);
        if (charset == null) {
            throw UnreadableWorkbookException.unreadable(file);
        }
        String text = new String(bytes, 0, Math.min(SAMPLE, bytes.length), charset).toLowerCase(Locale.ROOT);
        if (text.contains("<html")) {
            throw new UnreadableWorkbookException(Code.NOT_A_WORKBOOK, at, "HTML");
        }
        if (text.contains("urn:schemas-microsoft-com:office:spreadsheet")) {
            throw new UnreadableWorkbookException(Code.NOT_A_WORKBOOK, at, "XML Spreadsheet 2003");
        }
        throw new UnreadableWorkbookException(
                Code.TEXT_FILE, at, startsWith(bytes, UTF_8_MARK) ? charset.name() + " BOM" : charset.name());
    }

    /** The file of an older Office, or a new one within its encryption. */
    private static UnreadableWorkbookException ole2(FileRef at, byte[] bytes) {
        if (contains(bytes, "EncryptedPackage")) {
            return new UnreadableWorkbookException(Code.PASSWORD_PROTECTED, at);
        }
        if (contains(bytes, "Workbook") || contains(bytes, "Book")) {
            return new UnreadableWorkbookException(Code.OLD_WORKBOOK, at);
        }
        return contains(bytes, "WordDocument")
                ? new UnreadableWorkbookException(Code.NOT_A_WORKBOOK, at, "Word (.doc)")
                : UnreadableWorkbookException.unreadable(at.file());
    }

    /** What a zip file without the main part of a workbook is, from the names of its parts and its declared types. */
    static String zipped(List<String> parts, String types) {
        if (types.contains("spreadsheetml.sheet.binary") || types.contains("ms-excel.sheet.binary")) {
            return "Excel (.xlsb)";
        }
        if (types.contains("wordprocessingml")) {
            return "Word (.docx)";
        }
        if (types.contains("presentationml")) {
            return "PowerPoint (.pptx)";
        }
        if (types.contains("oasis.opendocument")) {
            return types.contains("opendocument.spreadsheet") ? "OpenDocument (.ods)" : "OpenDocument";
        }
        return parts.stream().anyMatch(part -> part.endsWith(".iwa")) ? "Numbers" : "ZIP";
    }

    /** The encoding that all of a text makes sense in; null for what is no text. */
    private static @Nullable Charset charset(byte[] bytes) {
        if (bytes.length > 1 && (bytes[0] & 0xFF) + (bytes[1] & 0xFF) == 0xFE + 0xFF) {
            return isText(bytes, StandardCharsets.UTF_16) ? StandardCharsets.UTF_16 : null;
        }
        for (Charset charset : new Charset[] {StandardCharsets.UTF_8, Charset.forName("GB18030")}) {
            if (isText(bytes, charset)) {
                return charset;
            }
        }
        return null;
    }

    private static boolean isText(byte[] bytes, Charset charset) {
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        int length = Math.min(SAMPLE, bytes.length);
        CharBuffer chars = CharBuffer.allocate(length + 1);
        // Not the end of the input: the sample may cut a character in two.
        if (decoder.decode(ByteBuffer.wrap(bytes, 0, length), chars, false).isError()) {
            return false;
        }
        return chars.flip().chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t');
    }

    private static boolean startsWith(byte[] bytes, byte[] beginning) {
        return bytes.length >= beginning.length
                && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }

    /** Whether an OLE2 file has an entry of a name: names stand in its directory in UTF-16. */
    private static boolean contains(byte[] bytes, String name) {
        byte[] wanted = (name + "\0").getBytes(StandardCharsets.UTF_16LE);
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
