package liandong.export;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import liandong.incident.Nested;
import liandong.incident.Term;
import liandong.table.Attribute;
import org.drools.decisiontable.InputType;
import org.drools.decisiontable.SpreadsheetCompiler;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.definition.type.FactField;
import org.kie.api.definition.type.FactType;
import org.kie.api.event.rule.DefaultRuleRuntimeEventListener;
import org.kie.api.event.rule.ObjectDeletedEvent;
import org.kie.api.event.rule.ObjectInsertedEvent;
import org.kie.api.runtime.KieSession;

/** Exported tables as Drools itself compiles and answers them. Knows nothing of the index and nothing of the grammar. */
final class SecondEngine {
    private static final Map<Class<?>, List<Attribute>> ATTRIBUTES = new ConcurrentHashMap<>();

    private SecondEngine() {}

    /** The DRL that Drools makes of a workbook. */
    static String drl(byte[] workbook) {
        return new SpreadsheetCompiler().compile(new ByteArrayInputStream(workbook), InputType.XLS);
    }

    /** Compiles DRL by name, all in one. */
    static KieBase compile(Map<String, String> sources) {
        KieServices services = KieServices.get();
        ReleaseId id =
                services.newReleaseId("liandong", "second", UUID.randomUUID().toString());
        KieFileSystem files = services.newKieFileSystem();
        files.generateAndWritePomXML(id);
        sources.forEach((name, drl) -> files.write("src/main/resources/" + name + ".drl", drl));
        KieBuilder builder = services.newKieBuilder(files);
        builder.buildAll();
        List<Message> errors = builder.getResults().getMessages(Message.Level.ERROR);
        if (!errors.isEmpty()) {
            throw new AssertionError(errors + "\n" + sources.values());
        }
        KieBase base = services.newKieContainer(id).getKieBase();
        services.getRepository().removeKieModule(id);
        return base;
    }

    /**
     * What one fact was answered.
     *
     * @param rows the rows that count, in the order they were concluded in
     * @param conclusions theirs, by row and field; those without a value left out
     * @param clash whether several covered it where exactly one may
     */
    record Answered(List<String> rows, Map<String, Map<String, Object>> conclusions, boolean clash) {}

    /** A question: a fact, and the day it is asked on. */
    record Question(Object fact, LocalDate on) {}

    /** Answers questions about one exported table, all in one session. */
    static List<Answered> answers(KieBase base, String packageName, Class<?> about, List<Question> questions) {
        FactType type = requireNonNull(base.getFactType(packageName, about.getSimpleName()));
        FactType answerType = requireNonNull(base.getFactType(packageName, "Answer"));
        FactField ofFact = answerType.getField("fact");
        FactField ofRow = answerType.getField("row");
        var fields = new LinkedHashMap<Attribute, FactField>();
        ATTRIBUTES
                .computeIfAbsent(about, of -> List.copyOf(Attribute.of(of).values()))
                .forEach(each -> fields.put(each, type.getField(DroolsTable.field(each.name()))));
        FactField on = type.getField("on");
        var answers = new IdentityHashMap<Object, List<Object>>();
        var clashes = new IdentityHashMap<Object, Boolean>();
        KieSession session = base.newKieSession();
        try {
            session.addEventListener(new DefaultRuleRuntimeEventListener() {
                @Override
                public void objectInserted(ObjectInsertedEvent event) {
                    Object object = event.getObject();
                    if (answerType.getFactClass().isInstance(object)) {
                        answers.computeIfAbsent(ofFact.get(object), fact -> new ArrayList<>())
                                .add(object);
                    } else if (object.getClass().getSimpleName().equals("Clash")) {
                        clashes.put(
                                requireNonNull(base.getFactType(packageName, "Clash"))
                                        .get(object, "fact"),
                                true);
                    }
                }

                @Override
                public void objectDeleted(ObjectDeletedEvent event) {
                    Object object = event.getOldObject();
                    requireNonNull(answers.get(ofFact.get(object))).removeIf(each -> each == object);
                }
            });
            var facts = new ArrayList<Object>();
            for (Question question : questions) {
                Object fact = type.newInstance();
                fields.forEach((attribute, field) ->
                        field.set(fact, simple(attribute.of().apply(question.fact()))));
                on.set(fact, question.on());
                facts.add(fact);
                session.insert(fact);
            }
            session.fireAllRules();
            return facts.stream()
                    .map(fact -> {
                        List<Object> own = answers.getOrDefault(fact, List.of());
                        var conclusions = new LinkedHashMap<String, Map<String, Object>>();
                        own.forEach(each -> conclusions.put((String) ofRow.get(each), conclusions(answerType, each)));
                        return new Answered(
                                own.stream()
                                        .map(each -> (String) ofRow.get(each))
                                        .toList(),
                                conclusions,
                                clashes.containsKey(fact));
                    })
                    .toList();
        } catch (InstantiationException | IllegalAccessException e) {
            throw new LinkageError(e.getMessage(), e);
        } finally {
            session.dispose();
        }
    }

    private static Map<String, Object> conclusions(FactType type, Object answer) {
        var values = new LinkedHashMap<String, Object>();
        for (FactField field : type.getFields()) {
            Object value = field.get(answer);
            if (value != null
                    && !field.getName().equals("fact")
                    && !field.getName().equals("row")) {
                values.put(field.getName(), value);
            }
        }
        return values;
    }

    /** A value as the guide of an exported table asks for it. */
    private static @Nullable Object simple(@Nullable Object value) {
        if (value instanceof Nested nested) {
            var codes = new ArrayList<String>();
            for (Object each = nested; each != null; each = each instanceof Nested inner ? inner.parent() : null) {
                codes.add(((Term) each).code());
            }
            return codes;
        }
        if (value instanceof Term term) {
            return term.code();
        }
        if (value instanceof String text) {
            return text.chars()
                    .map(c -> c == 0x3000 ? ' ' : c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c)
                    .map(c -> c >= 'A' && c <= 'Z' ? c + 32 : c)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
        }
        if (value instanceof Integer || value instanceof Long) {
            return new BigDecimal(value.toString());
        }
        return value;
    }
}
