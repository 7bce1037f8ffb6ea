package liandong.sheet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import liandong.Seeds;
import liandong.table.Readers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Throws the seeds of {@link WorkbookFuzzTest} and mutations of a sound workbook at the reader. */
class WorkbookMutationTest {
    private static final Path SEEDS =
            Path.of("src/test/resources/liandong/sheet/WorkbookFuzzTestInputs/any_part_may_hold_anything");
    private static final String SHEET =
            "<worksheet><cols><col min=\"1\" max=\"2\" hidden=\"1\"/></cols><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"
                    + "<row r=\"2\"><c t=\"inlineStr\"><is><t>编号</t></is></c><c t=\"str\"><v>事项</v></c><c t=\"str\"><v>人数</v></c>"
                    + "<c t=\"str\"><v>路径</v></c><c t=\"str\"><v>依据</v></c><c t=\"str\"><v>状态</v></c><c t=\"str\"><v>生效</v></c></row>"
                    + "<row r=\"3\" hidden=\"1\"><c t=\"str\"><v>D-1</v></c><c t=\"str\"><v>路面坑洞、井盖破损</v></c><c><v>5.5E1</v></c>"
                    + "<c t=\"str\"><f t=\"shared\" ref=\"A1\" si=\"0\">TODAY()</f><v>部门</v></c><c t=\"e\"><v>#N/A</v></c><c t=\"b\"><v>1</v></c>"
                    + "<c s=\"1\"><f>[1]S!A1</f><v>46000</v></c></row></sheetData><autoFilter ref=\"A2:G3\"><filterColumn colId=\"0\"/></autoFilter>"
                    + "<mergeCells><mergeCell ref=\"A1:G1\"/></mergeCells></worksheet>";
    /** How long the short run takes. */
    private static final long SHORT_RUN_NANOS = 8_000_000_000L;

    static List<Path> seeds() throws IOException {
        try (Stream<Path> seeds = Files.list(SEEDS)) {
            return seeds.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_seed_is_read(Path seed) throws IOException {
        Readers.mustStandIt(WorkbookFuzzTest.file(Files.readAllBytes(seed)));
    }

    private static Packed sound() {
        return Packed.workbook("").part("xl/worksheets/sheet1.xml", SHEET);
    }

    @Test
    void a_short_run_of_mutations_finds_nothing() {
        long seed = Seeds.SEED;
        var random = new Random(seed);
        byte[] sheet = SHEET.getBytes(StandardCharsets.UTF_8);
        byte[] whole = sound().bytes();
        long start = System.nanoTime();
        int runs = 0;
        try {
            for (; System.nanoTime() - start < SHORT_RUN_NANOS; runs++) {
                Readers.mustStandIt(
                        runs % 2 == 0
                                ? mutated(whole, random)
                                : WorkbookFuzzTest.file(prefixed((byte) 0, mutated(sheet, random))));
            }
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed + ", run " + runs, e);
        }
        System.out.printf(
                Locale.ROOT,
                "fuzz: %d executions, %.0f a second, seed %d%n",
                runs,
                runs * 1e9 / (System.nanoTime() - start),
                seed);
    }

    private static byte[] prefixed(byte first, byte[] rest) {
        byte[] all = new byte[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    /** A file with a few bytes changed, pieces moved, or its end cut off. */
    private static byte[] mutated(byte[] file, Random random) {
        byte[] bytes = file.clone();
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) "<>&\"'/=0129-EA;:[]#".charAt(random.nextInt(19));
                case 3 -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(1 + random.nextInt(40), bytes.length - Math.max(at, from));
                    System.arraycopy(bytes, from, bytes, at, length);
                }
                default -> bytes = random.nextInt(8) == 0 ? Arrays.copyOf(bytes, Math.max(1, at)) : bytes;
            }
        }
        return bytes;
    }
}
