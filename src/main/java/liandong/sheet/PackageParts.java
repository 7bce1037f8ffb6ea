package liandong.sheet;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import javax.xml.stream.XMLInputFactory;
import liandong.problem.Code;
import liandong.problem.FileRef;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The parts of a workbook's file, unpacked as a stream and within bounds.
 *
 * <p>The bounds are what makes a file of strangers harmless: whatever it claims about itself, no more is unpacked than
 * {@link #MAX_UNPACKED}, counted as it comes. A high ratio alone is no fault, since tables repeat themselves.
 */
final class PackageParts implements AutoCloseable {
    /** Bytes of the file itself: a workbook of 100,000 rows has about 10 MB. */
    static final int MAX_FILE = 64 << 20;
    /** Parts: a sheet has three or four, and nobody makes hundreds of sheets. */
    static final int MAX_PARTS = 2_000;
    /** Bytes of all parts together: 2,000,000 cells of 100 bytes. Reading so much takes some five seconds. */
    static final long MAX_UNPACKED = 200L << 20;

    private final String file;
    private final ZipFile zip;
    /** By name, in lower case since names differ in more than case (ECMA-376 part 2, 6.2.2.3). */
    private final Map<String, ZipArchiveEntry> entries = new TreeMap<>();
    /** One for each workbook: it remembers every name it has read. */
    private final XMLInputFactory xml = new InputFactoryImpl();

    private long unpacked;

    /**
     * The parts of a file.
     *
     * @throws UnreadableWorkbookException if it is no sound zip file, or one that no spreadsheet program writes
     * @throws IOException if it is damaged
     */
    PackageParts(String file, byte[] bytes) throws IOException {
        this.file = file;
        xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        xml.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        if (bytes.length > MAX_FILE) {
            throw new UnreadableWorkbookException(Code.TOO_LARGE, new FileRef(file), file, (MAX_FILE >> 20) + " MB");
        }
        FileKind.mustBeZip(file, bytes);
        // Before the directory is read into memory, which takes twenty times its size.
        if (entriesIn(bytes) > MAX_PARTS) {
            throw new UnreadableWorkbookException(Code.TOO_MANY_PARTS, new FileRef(file), MAX_PARTS);
        }
        this.zip = ZipFile.builder().setByteArray(bytes).get();
        try {
            collect();
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    /** How many entries the directory can have at most: each begins with a signature. */
    private static int entriesIn(byte[] bytes) {
        int found = 0;
        for (int i = 0; i + 3 < bytes.length; i++) {
            if (bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 1 && bytes[i + 3] == 2) {
                found++;
            }
        }
        return found;
    }

    private void collect() throws UnreadableWorkbookException {
        var inOrder = new ArrayList<ZipArchiveEntry>(Collections.list(zip.getEntries()));
        inOrder.sort(Comparator.comparingLong(ZipArchiveEntry::getDataOffset));
        long end = 0;
        for (ZipArchiveEntry entry : inOrder) {
            if (entry.isDirectory()) {
                continue;
            }
            if (entry.getGeneralPurposeBit().usesEncryption()) {
                throw new UnreadableWorkbookException(Code.PASSWORD_PROTECTED, new FileRef(file));
            }
            boolean known =
                    entry.getMethod() == ZipArchiveEntry.STORED || entry.getMethod() == ZipArchiveEntry.DEFLATED;
            if (!known || entry.getDataOffset() < end || entries.putIfAbsent(key(entry.getName()), entry) != null) {
                throw new UnreadableWorkbookException(Code.ODD_CONTAINER, new FileRef(file), entry.getName());
            }
            end = entry.getDataOffset() + entry.getCompressedSize();
        }
    }

    /** What a part goes by, however its name is written: with a slash before it, with other slashes, in percents. */
    static String key(String name) {
        String plain = name.replace('\\', '/');
        if (plain.contains("%")) {
            try {
                plain = URLDecoder.decode(plain.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) { // a sign of percent that means itself
                return plain.toLowerCase(Locale.ROOT);
            }
        }
        return (plain.startsWith("/") ? plain.substring(1) : plain).toLowerCase(Locale.ROOT);
    }

    /** The names of all parts, in lower case. */
    List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** A part's name as the file has it; the given name when there is no such part. */
    String original(String name) {
        ZipArchiveEntry entry = entries.get(key(name));
        return entry == null ? name : entry.getName();
    }

    boolean has(String name) {
        return entries.containsKey(key(name));
    }

    /**
     * A part as XML.
     *
     * @throws UnreadableWorkbookException if there is none of that name
     */
    Xml xml(String name) throws IOException {
        return new Xml(xml, open(name), file, name);
    }

    /** A part whole. */
    byte[] bytes(String name) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (Unpacking in = open(name)) {
            byte[] chunk = new byte[1 << 14];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                in.understood();
                bytes.write(chunk, 0, read);
            }
        }
        return bytes.toByteArray();
    }

    /** Unpacks a part for nothing but the count. */
    void pass(String name) throws IOException {
        try (Unpacking in = open(name)) {
            in.toEnd();
        }
    }

    /** The first bytes of a part as text, each byte one character; empty when there is no such part. */
    String beginning(String name, int length) throws IOException {
        if (!has(name)) {
            return "";
        }
        try (Unpacking in = open(name)) {
            return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        }
    }

    private Unpacking open(String name) throws IOException {
        ZipArchiveEntry entry = entries.get(key(name));
        if (entry == null) {
            throw UnreadableWorkbookException.unreadable(file);
        }
        return new Unpacking(entry);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** A part while it is being unpacked. */
    final class Unpacking extends FilterInputStream {
        private final ZipArchiveEntry entry;
        private final CheckedInputStream checked;
        private long own;
        private long mark;

        private Unpacking(ZipArchiveEntry entry) throws IOException {
            this(entry, new CheckedInputStream(zip.getInputStream(entry), new CRC32()));
        }

        private Unpacking(ZipArchiveEntry entry, CheckedInputStream checked) {
            super(checked);
            this.entry = entry;
            this.checked = checked;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int read = super.read(to, offset, length);
            if (read < 0) {
                mustBeAsDeclared();
                return read;
            }
            own += read;
            unpacked += read;
            if (unpacked > MAX_UNPACKED) {
                throw new UnreadableWorkbookException(
                        Code.UNPACKS_TOO_FAR, new FileRef(file), entry.getName(), (MAX_UNPACKED >> 20) + " MB");
            }
            if (own - mark > Xml.LONGEST) {
                throw new UnreadableWorkbookException(
                        Code.ODD_XML, new FileRef(file), entry.getName(), "> " + (Xml.LONGEST >> 20) + " MB");
            }
            return read;
        }

        private void mustBeAsDeclared() throws UnreadableWorkbookException {
            if (own != entry.getSize() || checked.getChecksum().getValue() != entry.getCrc()) {
                throw UnreadableWorkbookException.unreadable(file);
            }
        }

        /** Says that what was read so far has been understood, so that no single thing grows beyond its bound. */
        void understood() {
            mark = own;
        }

        /** Reads what is left, so that a damaged end is told too. */
        void toEnd() throws IOException {
            byte[] chunk = new byte[1 << 14];
            do {
                understood();
            } while (read(chunk, 0, chunk.length) >= 0);
        }
    }
}
