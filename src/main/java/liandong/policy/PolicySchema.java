package liandong.policy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import liandong.calendar.Limit;
import liandong.calendar.LimitClock;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.Category;
import liandong.incident.Choice;
import liandong.incident.Danger;
import liandong.incident.EventClass;
import liandong.incident.EventType;
import liandong.incident.GroundProof;
import liandong.incident.HandledStage;
import liandong.incident.Level;
import liandong.incident.Matter;
import liandong.incident.MatterKind;
import liandong.incident.Nature;
import liandong.incident.PauseGround;
import liandong.incident.Report;
import liandong.incident.ReturnReason;
import liandong.incident.Severity;
import liandong.incident.Source;
import liandong.incident.Term;
import liandong.incident.Topic;
import liandong.incident.Urgency;
import liandong.incident.Vocabulary;
import liandong.incident.Weekday;
import liandong.table.MatchedRows;
import liandong.table.Row;
import liandong.table.RowRef;
import liandong.table.Tables;
import org.jspecify.annotations.Nullable;

/**
 * The contract between this program and the policies it serves: which sheets a policy may have, since which format, and
 * which names its rules may use.
 *
 * <p>A policy says by which format it was written (see {@link PolicyFormat}). What came later it need not have; what has been
 * renamed since it may still call by its former name.
 *
 * @param parts what each decision needs
 */
public record PolicySchema(List<PolicyPart> parts) {
    /** What rules of every decision may name. */
    private static final List<Class<?>> COMMON = List.of(
            Area.class,
            Body.class,
            BodyKind.class,
            CaseEvent.class,
            CaseEventKind.class,
            Category.class,
            Choice.class,
            Danger.class,
            EventClass.class,
            EventType.class,
            GroundProof.class,
            HandledStage.class,
            Level.class,
            Limit.class,
            LimitClock.class,
            MatchedRows.class,
            Matter.class,
            MatterKind.class,
            Nature.class,
            Report.class,
            PauseGround.class,
            ReturnReason.class,
            Row.class,
            RowRef.class,
            Severity.class,
            Source.class,
            Tables.class,
            Term.class,
            Topic.class,
            Urgency.class,
            Weekday.class,
            Vocabulary.class);

    /** What of the JDK rules may name without more ado; anything else of it they import. */
    private static final List<Class<?>> OF_THE_JDK = List.of(
            BigDecimal.class, LocalDate.class, LocalTime.class, OffsetDateTime.class, List.class, ArrayList.class);

    /** Keeps the parts, each once: two decisions may share one. */
    public PolicySchema {
        parts = parts.stream().distinct().toList();
    }

    /** The types of all rows by the names of their sheets. */
    public Map<String, Class<? extends Row>> tables() {
        var types = new LinkedHashMap<String, Class<? extends Row>>();
        for (PolicyPart part : parts) {
            part.tables().forEach(type -> types.put(PolicyPart.sheet(type).value(), type));
        }
        return types;
    }

    /**
     * What the rows of a sheet become.
     *
     * @param file the workbook's name
     * @param sheet the sheet's name
     * @return a type of records, or of terms; null when nothing asks for such a sheet
     */
    public @Nullable Class<?> rowType(String file, String sheet) {
        return PolicyLoader.ownType(file, sheet, () -> tables().get(sheet));
    }

    /**
     * The types that rules may name, by simple name.
     *
     * @throws IllegalStateException if two have the same
     */
    Map<String, Class<?>> types() {
        var types = new TreeMap<String, Class<?>>();
        COMMON.forEach(type -> add(type, types));
        OF_THE_JDK.forEach(type -> add(type, types));
        for (PolicyPart part : parts) {
            part.tables().forEach(type -> add(type, types));
            part.types().forEach(type -> add(type, types));
            part.globals().values().forEach(type -> add(type, types));
        }
        return types;
    }

    private static void add(Class<?> type, Map<String, Class<?>> types) {
        Class<?> other = types.putIfAbsent(type.getSimpleName(), type);
        if (other != null && other != type) {
            throw new IllegalStateException("rules cannot tell " + other + " from " + type);
        }
    }

    /** What rules may consult, by name, with its type. */
    Map<String, Class<?>> globals() {
        var globals = new TreeMap<String, Class<?>>();
        globals.put("tables", Tables.class);
        globals.put("vocabulary", Vocabulary.class);
        parts.forEach(part -> globals.putAll(part.globals()));
        return globals;
    }

    /** What policies of earlier formats call something, and what it is called now. */
    Map<String, String> former() {
        var former = new TreeMap<>(Map.of("Found", MatchedRows.class.getSimpleName()));
        parts.forEach(part -> former.putAll(part.former()));
        return former;
    }
}
