package liandong;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import liandong.decision.Decisions;
import liandong.policy.BadPolicyException;
import liandong.policy.CompiledRules;
import liandong.policy.PolicyFiles;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassWriter;

/** Compiles the stock rules when the program is built, so that nobody who runs it waits for that. */
final class CompileStockRules {
    private CompileStockRules() {}

    /**
     * Compiles them, unless that has been done since they, or any class of the program, last changed.
     *
     * @param args the folder of the program's classes
     */
    public static void main(String[] args) throws IOException, BadPolicyException {
        // One rule after the other, numbered as they stand; and as Java 17 bears it, whatever builds the program.
        System.setProperty("drools.parallelRulesBuildThreshold", "-1");
        System.setProperty("drools.dialect.java.compiler.lnglevel", "17");
        PolicyFiles stock = PolicyFiles.stock();
        if (!CompiledRules.isCurrent(stock, Decisions.schema())) {
            Path form = Path.of(args[0], "liandong", "policy", CompiledRules.STOCK);
            Files.write(form, CompiledRules.of(stock, Decisions.schema(), CompileStockRules::withoutLines));
        }
    }

    /** A class without the numbers of its lines, of which nobody sees the source, and which differ from time to time. */
    private static byte[] withoutLines(byte[] bytes) {
        var writer = new ClassWriter(0);
        new ClassReader(bytes).accept(writer, ClassReader.SKIP_DEBUG);
        return writer.toByteArray();
    }
}
