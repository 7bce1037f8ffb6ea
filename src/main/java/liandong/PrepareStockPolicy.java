package liandong;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import liandong.decision.Decisions;
import liandong.digest.OwnFiles;
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
        PreparedSheets.prepare(
                classes,
                stock.files().entrySet().stream()
                        .filter(file -> file.getKey().endsWith(".xlsx"))
                        .map(Map.Entry::getValue)
                        .toList());
        if (!CompiledRules.isCurrent(stock, Decisions.schema())) {
            Path form = classes.resolve("liandong/policy").resolve(CompiledRules.STOCK);
            Files.write(form, CompiledRules.of(stock, Decisions.schema(), PrepareStockPolicy::withoutLines));
        }
    }

    /** A class without the numbers of its lines, of which nobody sees the source, and which differ from time to time. */
    private static byte[] withoutLines(byte[] bytes) {
        var writer = new ClassWriter(0);
        new ClassReader(bytes).accept(writer, ClassReader.SKIP_DEBUG);
        return writer.toByteArray();
    }
}
