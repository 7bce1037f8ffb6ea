package liandong;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import liandong.decision.Decisions;
import liandong.digest.OwnFiles;
import liandong.policy.AllCores;
import liandong.policy.BadPolicyException;
import liandong.policy.CompiledRules;
import liandong.policy.PolicyFiles;
import liandong.sheet.PreparedSheets;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassWriter;

/** Compiles the stock rules, and reads the stock workbooks, when the program is built: nobody who runs it waits for that. */
final class PrepareStockPolicy {
    private PrepareStockPolicy() {}

    /**
     * Does both, unless that has been done since the policy, or any class of the program, last changed.
     *
     * @param args the folder of the program's classes
     */
    public static void main(String[] args) throws IOException, BadPolicyException {
        // One rule after the other, numbered as they stand; and as Java 17 bears it, whatever builds the program.
        System.setProperty("drools.parallelRulesBuildThreshold", "-1");
        System.setProperty("drools.dialect.java.compiler.lnglevel", "17");
        PolicyFiles stock = PolicyFiles.stock();
        Path classes = Path.of(args[0]);
        OwnFiles.name(classes);
        Supplier<Integer> read = AllCores.beside("sheets", () -> sheets(classes, stock));
        if (!CompiledRules.isCurrent(stock, Decisions.schema())) {
            Path form = classes.resolve("liandong/policy").resolve(CompiledRules.STOCK);
            Files.write(form, CompiledRules.of(stock, Decisions.schema(), PrepareStockPolicy::withoutLines));
        }
        if (read.get() == 0) {
            throw new IllegalStateException("no stock workbook could be prepared");
        }
    }

    private static int sheets(Path classes, PolicyFiles stock) {
        try {
            return PreparedSheets.prepare(
                    classes,
                    stock.files().entrySet().stream()
                            .filter(file -> file.getKey().endsWith(".xlsx"))
                            .map(Map.Entry::getValue)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A class without the numbers of its lines, of which nobody sees the source, and which differ from time to time. */
    private static byte[] withoutLines(byte[] bytes) {
        var writer = new ClassWriter(0);
        new ClassReader(bytes).accept(writer, ClassReader.SKIP_DEBUG);
        return writer.toByteArray();
    }
}
