package liandong.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Location;
import liandong.problem.Problem;
import org.drools.base.base.EnabledBoolean;
import org.drools.base.definitions.rule.impl.RuleImpl;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.model.codegen.ExecutableModelProject;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.definition.KiePackage;
import org.kie.api.definition.rule.Global;
import org.kie.api.definition.rule.Rule;
import org.kie.api.runtime.KieSession;

/** The compiled rules of one policy. Safe for use by many threads; each decision opens a session of its own. */
public final class RuleBase {
    /** How many compiled rule files are kept: compiling takes seconds, and most edits of a policy leave its rules alone. */
    private static final int KEPT = 4;

    private static final Map<Sources, RuleBase> COMPILED = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sources, RuleBase> eldest) {
            return size() > KEPT;
        }
    };

    private static final Object COMPILING = new Object();

    /** Where rules that were compiled are kept beyond this process; gives null for nowhere. Asked for once, when need be. */
    private static @Nullable Supplier<@Nullable KeptRules> keptRules;

    private static @Nullable KeptRules kept;

    /**
     * What rules are compiled from.
     *
     * @param version names the files: the same version, the same files
     * @param schema resolves the names in them
     */
    private record Sources(String version, PolicySchema schema) {}

    private static final Pattern GENERATED_FROM = Pattern.compile("addRuleNames\\(\"([^\"]+)\", \"([^\"]+)\"");
    private static final String GENERATED_SOURCE = "Java source of";
    private static final Pattern NAME = Pattern.compile("([A-Z]+-\\d+) (.+)");

    private final KieBase base;
    private final Map<String, RuleRef> refs;
    private final Set<String> declared;

    private RuleBase(KieBase base, Map<String, RuleRef> refs) {
        this.base = base;
        this.refs = refs;
        this.declared = base.getKiePackages().stream()
                .flatMap(each -> each.getGlobalVariables().stream())
                .map(Global::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * From now on rules that have to be compiled are kept beyond this process, and taken from there.
     *
     * @param rules where; asked for once, when the first rules that the program does not bring are wanted. Gives null for
     *     nowhere
     */
    public static void keepIn(Supplier<@Nullable KeptRules> rules) {
        synchronized (COMPILING) {
            keptRules = rules;
            kept = null;
        }
    }

    /** Where rules are kept; null for nowhere. Asked by whoever may compile. */
    private static @Nullable KeptRules kept() {
        if (keptRules != null) {
            kept = keptRules.get();
            keptRules = null;
        }
        return kept;
    }

    /**
     * Compiles rules, or gives those it compiled from the same sources before.
     *
     * @param version names the files: the same version, the same files
     * @param schema the names that rules may use
     * @param files rule files and rule tables by name
     * @param problems gets everything that does not compile, and of rules without code or source
     * @return the rules; null when anything is wrong with them
     */
    static @Nullable RuleBase of(
            String version, PolicySchema schema, Map<String, byte[]> files, Consumer<Problem> problems) {
        var sources = new Sources(version, schema);
        RuleBase known = compiled(sources);
        if (known != null) {
            return known;
        }
        // One at a time, for it takes memory; whoever wants what is compiled already does not wait for it.
        synchronized (COMPILING) {
            RuleBase since = compiled(sources);
            if (since != null) {
                return since;
            }
            RuleBase read = read(schema, files, problems);
            if (read != null) {
                synchronized (COMPILED) {
                    COMPILED.put(sources, read);
                }
            }
            return read;
        }
    }

    private static @Nullable RuleBase compiled(Sources sources) {
        synchronized (COMPILED) {
            return COMPILED.get(sources);
        }
    }

    private static @Nullable RuleBase read(PolicySchema schema, Map<String, byte[]> files, Consumer<Problem> problems) {
        var faults = new ArrayList<Problem>();
        List<RuleSource> sources = sources(schema, files, faults::add);
        faults.forEach(problems);
        if (sources == null) {
            return null;
        }
        KieBase base = CompiledRules.stock(sources);
        KeptRules kept = base == null ? kept() : null;
        if (kept != null) {
            base = CompiledRules.kept(kept, sources);
        }
        Compiled compiled = base == null ? compile(sources, problems) : null;
        if (compiled != null) {
            base = compiled.base();
        }
        RuleBase rules = base == null ? null : named(base, sources, problems);
        if (rules != null && kept != null && compiled != null) {
            kept.keep(CompiledRules.key(sources), compiled.module().getBytes());
        }
        return faults.isEmpty() ? rules : null;
    }

    /**
     * Rules as they are compiled, with every name resolved.
     *
     * @param problems gets rule tables that cannot be read, and what may not be written in rules
     * @return null when what is wrong with them has been told, and the compiler would say it again in its own words
     */
    static @Nullable List<RuleSource> sources(
            PolicySchema schema, Map<String, byte[]> files, Consumer<Problem> problems) {
        var faults = new ArrayList<Problem>();
        List<RuleSource> written = RuleSource.of(files, faults::add);
        var names = new RuleNames(schema, written);
        List<RuleSource> sources = written.stream()
                .<RuleSource>map(source -> new RuleSource.Resolved(source, names.resolve(source, faults::add)))
                .toList();
        faults.forEach(problems);
        boolean known = faults.stream().noneMatch(fault -> fault.code() == Code.UNKNOWN_RULE_NAME);
        return known && isFreeOfMoments(written, problems) ? sources : null;
    }

    /** Rules as they can be asked, and as they can be kept. */
    private record Compiled(KieBase base, InternalKieModule module) {}

    private static @Nullable Compiled compile(List<RuleSource> sources, Consumer<Problem> problems) {
        KieServices services = KieServices.get();
        // Builds share one repository: under a common release id, of two at once one would get the other's rules.
        // This one names the rules, and is taken again when what is kept of them is loaded.
        String key = CompiledRules.key(sources);
        ReleaseId id = CompiledRules.releaseId(key);
        try {
            InternalKieModule module = build(services, id, sources, problems);
            if (module == null) {
                return null;
            }
            return new Compiled(services.newKieContainer(id).getKieBase(), module);
        } finally {
            // The repository would keep every module for ever; the base needs it no more.
            services.getRepository().removeKieModule(id);
        }
    }

    /** Compiled rules, which the repository has under their id until it is taken out; null when anything is wrong with them. */
    static @Nullable InternalKieModule build(
            KieServices services, ReleaseId id, List<RuleSource> sources, Consumer<Problem> problems) {
        KieBuilder builder = services.newKieBuilder(files(services, id, sources));
        try {
            builder.buildAll(ExecutableModelProject.class);
        } catch (RuntimeException e) { // of several kinds, where the generator meets what it did not expect
            String says = rootOf(e).getMessage(); // without the name of its class, which says nothing to people
            problems.accept(Problem.of(Code.BAD_RULE, new FileRef("rules"), says == null ? "–" : oneLine(says)));
            return null;
        }
        List<Message> errors = builder.getResults().getMessages(Message.Level.ERROR);
        if (!errors.isEmpty()) {
            explain(services, sources, errors, problems);
            return null;
        }
        return (InternalKieModule) builder.getKieModule();
    }

    /** Compiled rules with what each of them is called; null when that is wrong, or when one is not always on. */
    private static @Nullable RuleBase named(KieBase base, List<RuleSource> sources, Consumer<Problem> problems) {
        var refs = new TreeMap<String, RuleRef>();
        var codes = new TreeMap<String, String>();
        boolean named = true;
        for (KiePackage each : base.getKiePackages()) {
            for (Rule rule : each.getRules()) {
                Matcher name = NAME.matcher(rule.getName());
                Object source = rule.getMetaData().get("source");
                if (!name.matches()) {
                    problems.accept(Problem.of(
                            Code.BAD_RULE_NAME, place(sources, rule.getName(), rule.getName()), rule.getName()));
                } else if (source == null) {
                    problems.accept(Problem.of(
                            Code.RULE_WITHOUT_SOURCE, place(sources, rule.getName(), rule.getName()), rule.getName()));
                } else {
                    refs.put(rule.getName(), new RuleRef(name.group(1), name.group(2), source.toString()));
                }
                named &= name.matches() && source != null;
                named &= isAlwaysOn(rule, sources, problems);
                String other = name.matches() ? codes.putIfAbsent(name.group(1), rule.getName()) : null;
                if (other != null) {
                    problems.accept(Problem.of(
                            Code.DUPLICATE_RULE_CODE,
                            place(sources, rule.getName(), rule.getName()),
                            rule.getName(),
                            other));
                    named = false;
                }
            }
        }
        return named ? new RuleBase(base, refs) : null;
    }

    /** What the compiler says of a rule that is there twice, e.g. as a copy of its file, */
    private static final Pattern TWICE = Pattern.compile("Duplicate rule name: (.*)");

    /** and once more of the class that it makes of it. */
    private static final Pattern TWICE_GENERATED = Pattern.compile("The type Rule_\\S+ is already defined");

    /** What compares with a moment written in the rule, which Drools reads by the machine's language and zone. */
    private static final Pattern WRITTEN_MOMENT = Pattern.compile(
            "\\b(after|before|coincides|during|finishes|finishedby|includes|meets|metby|overlaps|overlappedby|starts"
                    + "|startedby)\\s*(?:\\[[^\\]]*\\]\\s*)?\"");

    /** Whether nothing keeps a rule from firing but its conditions; tells what does. */
    private static boolean isAlwaysOn(Rule each, List<RuleSource> sources, Consumer<Problem> problems) {
        var rule = (RuleImpl) each;
        var found = new ArrayList<String>();
        if (!rule.isMainAgendaGroup()) {
            found.add("agenda-group / ruleflow-group");
        }
        if (rule.getTimer() != null) {
            found.add("timer / duration");
        }
        if (rule.hasCalendars()) {
            found.add("calendars");
        }
        if (rule.getDateEffective() != null) {
            found.add("date-effective");
        }
        if (rule.getDateExpires() != null) {
            found.add("date-expires");
        }
        if (rule.getActivationGroup() != null) {
            found.add("activation-group");
        }
        if (rule.isLockOnActive()) {
            found.add("lock-on-active");
        }
        if (!(rule.getEnabled() instanceof EnabledBoolean) || !rule.isEnabled(null, null, null)) {
            found.add("enabled");
        }
        found.forEach(attribute -> problems.accept(Problem.of(
                Code.RULE_ATTRIBUTE, place(sources, rule.getName(), rule.getName()), rule.getName(), attribute)));
        return found.isEmpty();
    }

    /** Whether no condition compares with a moment that is written in it by an operator of time; tells where one does. */
    private static boolean isFreeOfMoments(List<RuleSource> sources, Consumer<Problem> problems) {
        boolean free = true;
        for (RuleSource source : sources) {
            boolean condition = false;
            List<String> lines = source.drl().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                condition = line.startsWith("when") || (condition && !line.startsWith("then"));
                Matcher moment = WRITTEN_MOMENT.matcher(line);
                if (condition && !line.startsWith("//") && moment.find()) {
                    problems.accept(Problem.of(
                            Code.WRITTEN_MOMENT, source.at(i + 1, moment.group()), moment.group(1) + " \"…\""));
                    free = false;
                }
            }
        }
        return free;
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /**
     * Tells each error at the line its author would look at.
     *
     * <p>The classic compiler knows the line, but lets pass what only the executable model's Java code does not bear; of
     * that, each generated class names the rule it was made from.
     */
    private static void explain(
            KieServices services, List<RuleSource> sources, List<Message> errors, Consumer<Problem> problems) {
        ReleaseId id =
                services.newReleaseId("liandong", "draft", UUID.randomUUID().toString());
        KieBuilder classic = services.newKieBuilder(files(services, id, sources));
        classic.buildAll();
        List<Message> known = classic.getResults().getMessages(Message.Level.ERROR);
        services.getRepository().removeKieModule(id);
        var told = new LinkedHashSet<Problem>();
        boolean placed = known.stream().anyMatch(message -> message.getLine() > 0);
        known.stream()
                .filter(message -> !placed || message.getLine() > 0)
                .filter(message -> !TWICE_GENERATED.matcher(message.getText()).find())
                .forEach(message -> {
                    Location at = at(sources, message.getPath(), message.getLine(), message.getText());
                    Matcher twice = TWICE.matcher(oneLine(message.getText()));
                    told.add(
                            twice.matches()
                                    ? Problem.of(Code.DUPLICATE_RULE_CODE, at, twice.group(1), twice.group(1))
                                    : Problem.of(Code.BAD_RULE, at, oneLine(message.getText())));
                });
        if (told.isEmpty()) {
            var places = new HashMap<String, String>();
            for (Message message : errors) {
                Matcher rule = GENERATED_FROM.matcher(message.getText());
                if (rule.find()) {
                    places.put(message.getPath(), rule.group(1));
                }
            }
            for (Message message : errors) {
                String rule = places.get(message.getPath());
                if (rule != null && !message.getText().startsWith(GENERATED_SOURCE)) {
                    told.add(Problem.of(
                            Code.BAD_RULE, place(sources, rule, message.getText()), oneLine(message.getText())));
                }
            }
        }
        if (told.isEmpty()) {
            errors.stream()
                    .filter(message -> !message.getText().startsWith(GENERATED_SOURCE))
                    .forEach(message ->
                            told.add(Problem.of(Code.BAD_RULE, new FileRef("rules"), oneLine(message.getText()))));
        }
        told.forEach(problems);
    }

    private static Location at(List<RuleSource> sources, @Nullable String path, int line, String message) {
        String name = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
        return sources.stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .map(source -> source.at(line, message))
                .orElse(new FileRef("rules"));
    }

    /** Where a rule stands; the folder when that cannot be seen. */
    private static Location place(List<RuleSource> sources, String rule, String message) {
        for (RuleSource source : sources) {
            List<String> lines = source.drl().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains("\"" + rule + "\"")) {
                    return source.at(i + 1, message);
                }
            }
        }
        return new FileRef("rules");
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static KieFileSystem files(KieServices services, ReleaseId id, List<RuleSource> sources) {
        KieFileSystem files = services.newKieFileSystem();
        files.generateAndWritePomXML(id);
        sources.forEach(source -> files.write("src/main/resources/liandong/rules/" + source.name(), source.drl()));
        return files;
    }

    /**
     * A session for one decision; the caller disposes it.
     *
     * @param globals what the rules may consult, by name; those that no rule file declares are left out
     */
    public KieSession newSession(Map<String, Object> globals) {
        KieSession session = base.newKieSession();
        globals.forEach((name, value) -> {
            if (declared.contains(name)) {
                session.setGlobal(name, value);
            }
        });
        return session;
    }

    /** What a rule is as a reason, by its whole name. */
    public RuleRef ref(String ruleName) {
        RuleRef ref = refs.get(ruleName);
        return ref == null ? new RuleRef(ruleName, ruleName, "") : ref;
    }

    /** All rules as reasons, by code. */
    public List<RuleRef> refs() {
        return List.copyOf(refs.values());
    }

    int count() {
        return refs.size();
    }
}
