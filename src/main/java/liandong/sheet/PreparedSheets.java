package liandong.sheet;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import liandong.digest.OwnFiles;
import liandong.digest.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The sheets of the stock workbooks as they are once read: taking tens of megabytes of XML apart takes a second each time.
 *
 * <p>What a workbook's sheets are is looked up by the SHA-256 of its bytes, so that any policy gains that has one of these
 * workbooks as it is. They come only from where the program's own classes do, and while these lie in a folder only for exactly
 * these classes. Anything else is as good as none: the workbook is read, and the sheets are the same.
 */
public final class PreparedSheets {
    /** The folder, beside this class, that holds them: a file for each workbook. */
    private static final String FOLDER = "prepared";

    private static final String CLASSES = "classes.txt";
    /** Raised when this form changes. */
    private static final int FORM = 2;

    private PreparedSheets() {}

    /**
     * Prepares workbooks, unless that has been done for exactly these. Those of which there is something to be told are left out.
     *
     * @param root the folder of the program's classes
     * @return how many are prepared
     */
    public static int prepare(Path root, Collection<byte[]> workbooks) throws IOException {
        Path folder = root.resolve("liandong/sheet").resolve(FOLDER);
        Files.createDirectories(folder);
        var wanted = new HashSet<String>();
        wanted.add(CLASSES);
        String classes = OwnFiles.classes();
        Path named = folder.resolve(CLASSES);
        boolean current = Files.exists(named) && Files.readString(named).equals(classes);
        for (byte[] workbook : workbooks) {
            Path file = folder.resolve(Sha256.hex(workbook));
            byte[] form = current && Files.exists(file) ? new byte[0] : form(workbook);
            if (form != null) {
                wanted.add(String.valueOf(file.getFileName()));
                if (form.length > 0) {
                    write(file, form);
                }
            }
        }
        write(named, classes.getBytes(StandardCharsets.UTF_8));
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                if (!wanted.contains(String.valueOf(file.getFileName()))) {
                    Files.delete(file);
                }
            }
        }
        return wanted.size() - 1;
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Path half = file.resolveSibling(file.getFileName() + ".half");
        Files.write(half, bytes);
        Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte @Nullable [] form(byte[] workbook) throws IOException {
        var told = new ArrayList<Object>();
        List<SheetData> sheets = WorkbookReader.parse("", workbook, told::add);
        return told.isEmpty() ? write(sheets) : null;
    }

    /**
     * The sheets of a workbook.
     *
     * @param file the name to report
     * @return null when they have not been prepared
     */
    static @Nullable List<SheetData> of(String file, byte[] workbook) {
        try {
            if (OwnFiles.areInFolder() && !Current.IS) {
                return null;
            }
            byte[] form = OwnFiles.beside(PreparedSheets.class, FOLDER + "/" + Sha256.hex(workbook));
            return form == null ? null : read(file, form);
        } catch (IOException e) {
            return null;
        }
    }

    /** Looked at once: hundreds of classes are read for it. */
    private static final class Current {
        static final boolean IS = areCurrent();

        private static boolean areCurrent() {
            try {
                byte[] classes = OwnFiles.beside(PreparedSheets.class, FOLDER + "/" + CLASSES);
                return classes != null && new String(classes, StandardCharsets.UTF_8).equals(OwnFiles.classes());
            } catch (IOException e) {
                return false;
            }
        }
    }

    // ———— The form ————

    /** Sheets as bytes: all characters, then the texts, then the cells, each once, then the sheets, which name cells. */
    static byte[] write(List<SheetData> sheets) {
        var texts = new LinkedHashMap<String, Integer>();
        var cells = new LinkedHashMap<Cell, Integer>();
        for (SheetData sheet : sheets) {
            number(texts, sheet.name());
            for (SheetData.Line line : sheet.lines()) {
                for (Cell cell : line.cells()) {
                    if (cells.putIfAbsent(cell, cells.size()) == null) {
                        number(texts, cell.text());
                        number(texts, cell.untrimmed());
                        number(
                                texts,
                                cell.number() == null ? null : cell.number().toString());
                    }
                }
            }
        }
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(FORM);
            out.writeInt(texts.keySet().stream().mapToInt(String::length).sum());
            for (String text : texts.keySet()) {
                out.writeChars(text);
            }
            out.writeInt(texts.size());
            for (String text : texts.keySet()) {
                out.writeInt(text.length());
            }
            out.writeInt(cells.size());
            for (Cell cell : cells.keySet()) {
                BigDecimal number = cell.number();
                LocalDate date = cell.date();
                out.writeInt(place(texts, cell.text()));
                out.writeInt(place(texts, cell.untrimmed()));
                out.writeInt(place(texts, number == null ? null : number.toString()));
                out.writeLong(date == null ? Long.MIN_VALUE : date.toEpochDay());
                out.writeBoolean(cell.error());
                out.writeBoolean(cell.percent());
            }
            out.writeInt(sheets.size());
            for (SheetData sheet : sheets) {
                write(sheet, texts, cells, out);
            }
            out.flush();
            var crc = new CRC32();
            crc.update(bytes.toByteArray());
            out.writeLong(crc.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // bytes in memory
        }
        return bytes.toByteArray();
    }

    private static void write(
            SheetData sheet, Map<String, Integer> texts, Map<Cell, Integer> cells, DataOutputStream out)
            throws IOException {
        out.writeInt(place(texts, sheet.name()));
        out.writeBoolean(sheet.hidden());
        out.writeInt(sheet.lines().size());
        for (SheetData.Line line : sheet.lines()) {
            out.writeInt(line.number());
            out.writeBoolean(line.hidden());
            out.writeBoolean(line.struck());
            out.writeInt(line.cells().size());
            for (Cell cell : line.cells()) {
                out.writeInt(cells.getOrDefault(cell, -1));
            }
        }
        for (List<SheetData.Block> blocks : List.of(sheet.merged(), sheet.filtered())) {
            out.writeInt(blocks.size());
            for (SheetData.Block block : blocks) {
                out.writeInt(block.row());
                out.writeInt(block.column());
                out.writeInt(block.lastRow());
                out.writeInt(block.lastColumn());
            }
        }
        out.writeInt(sheet.hiddenColumns().size());
        for (int column : new TreeSet<>(sheet.hiddenColumns())) {
            out.writeInt(column);
        }
    }

    private static void number(Map<String, Integer> texts, @Nullable String text) {
        if (text != null) {
            texts.putIfAbsent(text, texts.size());
        }
    }

    private static int place(Map<String, Integer> texts, @Nullable String text) {
        return text == null ? -1 : texts.getOrDefault(text, -1);
    }

    /**
     * The sheets of a form.
     *
     * @return null when it is damaged, or of another program
     */
    static @Nullable List<SheetData> read(String file, byte[] form) {
        var crc = new CRC32();
        int length = form.length - Long.BYTES;
        crc.update(form, 0, Math.max(0, length));
        if (length < Integer.BYTES || ByteBuffer.wrap(form).getLong(length) != crc.getValue()) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(form, 0, length);
        try {
            return in.getInt() == FORM ? read(file, in) : null;
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    private static List<SheetData> read(String file, ByteBuffer in) {
        var characters = new char[in.getInt()];
        in.asCharBuffer().get(characters);
        in.position(in.position() + 2 * characters.length);
        var texts = new String[in.getInt()];
        int from = 0;
        for (int i = 0; i < texts.length; i++) {
            int size = in.getInt();
            texts[i] = new String(characters, from, size);
            from += size;
        }
        var cells = new Cell[in.getInt()];
        for (int i = 0; i < cells.length; i++) {
            String text = texts[in.getInt()];
            int untrimmed = in.getInt();
            int number = in.getInt();
            long date = in.getLong();
            boolean error = in.get() != 0;
            cells[i] = new Cell(
                    text,
                    number < 0 ? null : new BigDecimal(texts[number]),
                    date == Long.MIN_VALUE ? null : LocalDate.ofEpochDay(date),
                    error,
                    untrimmed < 0 ? null : texts[untrimmed],
                    in.get() != 0);
        }
        int count = in.getInt();
        var sheets = new ArrayList<SheetData>();
        for (int i = 0; i < count; i++) {
            sheets.add(read(file, in, texts, cells));
        }
        return List.copyOf(sheets);
    }

    private static SheetData read(String file, ByteBuffer in, String[] texts, Cell[] cells) {
        String name = texts[in.getInt()];
        boolean hidden = in.get() != 0;
        var lines = new SheetData.Line[in.getInt()];
        for (int i = 0; i < lines.length; i++) {
            int number = in.getInt();
            boolean away = in.get() != 0;
            boolean struck = in.get() != 0;
            var own = new Cell[in.getInt()];
            for (int column = 0; column < own.length; column++) {
                own[column] = cells[in.getInt()];
            }
            lines[i] = new SheetData.Line(number, away, struck, List.of(own));
        }
        List<SheetData.Block> merged = blocks(in);
        List<SheetData.Block> filtered = blocks(in);
        Set<Integer> hiddenColumns = new HashSet<>();
        for (int left = in.getInt(); left > 0; left--) {
            hiddenColumns.add(in.getInt());
        }
        return new SheetData(file, name, hidden, List.of(lines), merged, filtered, Set.copyOf(hiddenColumns));
    }

    private static List<SheetData.Block> blocks(ByteBuffer in) {
        var blocks = new ArrayList<SheetData.Block>();
        for (int left = in.getInt(); left > 0; left--) {
            blocks.add(new SheetData.Block(in.getInt(), in.getInt(), in.getInt(), in.getInt()));
        }
        return List.copyOf(blocks);
    }
}
