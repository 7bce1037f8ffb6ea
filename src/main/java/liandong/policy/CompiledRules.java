package liandong.policy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import liandong.digest.OwnFiles;
import liandong.digest.Sha256;
import liandong.problem.Problem;
import org.drools.base.util.Drools;
import org.drools.compiler.compiler.io.memory.MemoryFileSystem;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.compiler.kie.builder.impl.InternalKieModuleProvider;
import org.drools.compiler.kie.builder.impl.KieBuilderImpl;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.ReleaseId;
import org.kie.api.builder.model.KieModuleModel;

/**
 * Rules as they are once compiled: those of the stock policy travel so inside the program, as compiling takes seconds.
 *
 * <p>A form is code, so that it is taken only from where the program's own classes come from. It is taken only for exactly
 * the rules it was made of, and only beside the Drools and the classes that it was made with. One that is in doubt is as
 * good as none: the rules are compiled, and the answers are the same.
 */
public final class CompiledRules {
    /** The resource, beside this class, that holds the stock rules. */
    public static final String STOCK = "stock-rules.bin";

    private static final int DIGEST = 32;

    private CompiledRules() {}

    /**
     * Compiles rules into the form that is loaded again.
     *
     * @param files the policy whose rules they are
     * @param schema the names that they may use
     * @param strip what is done to each class, to leave out what differs from one time to the next
     * @return the form; the same rules give the same bytes
     * @throws BadPolicyException if anything is wrong with the rules
     */
    public static byte[] of(PolicyFiles files, PolicySchema schema, UnaryOperator<byte[]> strip)
            throws BadPolicyException {
        var problems = new ArrayList<Problem>();
        List<RuleSource> sources = RuleBase.sources(schema, files.rules(), problems::add);
        if (sources == null) {
            throw new BadPolicyException(problems);
        }
        String key = key(sources);
        KieServices services = KieServices.get();
        ReleaseId id = releaseId(key);
        InternalKieModule module = RuleBase.build(services, id, sources, problems::add);
        services.getRepository().removeKieModule(id);
        if (module == null || !problems.isEmpty()) {
            throw new BadPolicyException(problems);
        }
        try {
            return framed(key, OwnFiles.classes(), sorted(module.getBytes(), strip));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // bytes in memory
        }
    }

    /** What the program brings of these rules; null when that is of other rules or classes, or when there is none. */
    static @Nullable KieBase stock(List<RuleSource> sources) {
        try {
            byte[] form = OwnFiles.beside(CompiledRules.class, STOCK);
            return form == null ? null : base(form, sources);
        } catch (IOException e) {
            return null;
        }
    }

    /** What was compiled before of these rules and kept; null when there is none that can be used. */
    static @Nullable KieBase kept(KeptRules kept, List<RuleSource> sources) {
        String key = key(sources);
        byte[] module = kept.take(key);
        if (module == null) {
            return null;
        }
        try {
            KieBase base = base(MemoryFileSystem.readFromJar(module), releaseId(key));
            if (base.getKiePackages().stream().allMatch(each -> each.getRules().isEmpty())) {
                kept.doubt(key); // what is no module at all loads as one without rules
                return null;
            }
            kept.used(key);
            return base;
        } catch (RuntimeException | LinkageError e) {
            kept.doubt(key);
            return null;
        }
    }

    /** Whether the program brings a form of these rules that it would take. */
    public static boolean isCurrent(PolicyFiles files, PolicySchema schema) {
        List<RuleSource> sources = RuleBase.sources(schema, files.rules(), problem -> {});
        return sources != null && stock(sources) != null;
    }

    /**
     * The rules of a form.
     *
     * @param sources the rules that are wanted
     * @return null when it is not of exactly these, or cannot be used
     */
    static @Nullable KieBase base(byte[] form, List<RuleSource> sources) {
        try {
            byte[] content = Arrays.copyOfRange(form, DIGEST, form.length);
            if (!Arrays.equals(form, 0, DIGEST, Sha256.of(content), 0, DIGEST)) {
                return null;
            }
            String key = key(sources);
            var in = new DataInputStream(new ByteArrayInputStream(content));
            // In a jar the classes cannot have changed without the form; in a folder they are compiled one by one.
            if (!in.readUTF().equals(key) || (!in.readUTF().equals(OwnFiles.classes()) && OwnFiles.areInFolder())) {
                return null;
            }
            return base(MemoryFileSystem.readFromJar(in.readAllBytes()), releaseId(key));
        } catch (IOException | RuntimeException | LinkageError e) {
            // Of several kinds, for whatever there may be instead of a form; what is wrong with rules the compiler
            // says.
            return null;
        }
    }

    private static KieBase base(MemoryFileSystem files, ReleaseId id) {
        KieServices services = KieServices.get();
        KieModuleModel model = services.newKieModuleModel();
        KieBuilderImpl.setDefaultsforEmptyKieModule(model);
        services.getRepository().addKieModule(InternalKieModuleProvider.get(id, model, files));
        try {
            return services.newKieContainer(id).getKieBase();
        } finally {
            services.getRepository().removeKieModule(id);
        }
    }

    /** The classes that it defines are named by it, so that it is the same whenever the same rules are compiled. */
    static ReleaseId releaseId(String key) {
        return KieServices.get().newReleaseId("liandong", "policy", key);
    }

    /** What names rules as the compiler sees them, and the compiler. */
    static String key(List<RuleSource> sources) {
        var parts = new LinkedHashMap<String, byte[]>();
        parts.put("drools", Drools.getFullVersion().getBytes(StandardCharsets.UTF_8));
        sources.forEach(source ->
                parts.put(RuleSource.FOLDER + source.name(), source.drl().getBytes(StandardCharsets.UTF_8)));
        return PolicyFiles.hash(parts);
    }

    private static byte[] framed(String key, String classes, byte[] module) throws IOException {
        var content = new ByteArrayOutputStream();
        var out = new DataOutputStream(content);
        out.writeUTF(key);
        out.writeUTF(classes);
        out.write(module);
        var form = new ByteArrayOutputStream();
        form.write(Sha256.of(content.toByteArray()));
        content.writeTo(form);
        return form.toByteArray();
    }

    /** A module with its files in one order and of one time. */
    private static byte[] sorted(byte[] module, UnaryOperator<byte[]> strip) throws IOException {
        var entries = new TreeMap<String, byte[]>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(module))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    byte[] bytes = in.readAllBytes();
                    String name = entry.getName();
                    entries.put(name, name.endsWith(".class") ? strip.apply(bytes) : bytes);
                }
            }
        }
        var sorted = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(sorted)) {
            for (var entry : entries.entrySet()) {
                var written = new ZipEntry(entry.getKey());
                written.setTime(0);
                out.putNextEntry(written);
                out.write(entry.getValue());
            }
        }
        return sorted.toByteArray();
    }
}
