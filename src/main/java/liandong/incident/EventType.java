package liandong.incident;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of matter with its own duties and limits (事项).
 *
 * @param code stable name for programs
 * @param label name for people
 * @param category the category it is counted in
 * @param eventClass the class it belongs to
 * @param topic what it is about in the citizen's view
 * @param kind event or component
 * @param general whether it is its topic's catch-all, taken only when no specific event type is recognised
 * @param aliases other names it goes by, such as the one it had before; empty for none
 * @param uneventful whether it says that there is nothing to report (报平安): what a text tells after it is another matter; null as no
 */
public record EventType(
        @Override @Member(meaning = "stable name for programs", example = "\"NEIGHBOUR_DISPUTE\"") @Column("代码 Code")
        String code,

        @Override @Member(meaning = "name for people", example = "\"邻里纠纷\"") @Column("名称 Label")
        String label,

        @Column("类别 Category") Category category,
        @Column("小类 Class") EventClass eventClass,
        @Column("主题 Topic") Topic topic,
        @Column("性质 Kind") MatterKind kind,
        @Column("笼统 General") boolean general,

        @Override @Column(value = "又名 Also known as", optional = true, mayBeAbsent = true)
        List<String> aliases,

        @Column(value = "报平安 Nothing to report", optional = true, mayBeAbsent = true) @Nullable
        Boolean uneventful)
        implements Term {
    /** One with a single name. */
    public EventType(
            String code,
            String label,
            Category category,
            EventClass eventClass,
            Topic topic,
            MatterKind kind,
            boolean general) {
        this(code, label, category, eventClass, topic, kind, general, List.of(), null);
    }

    /** Whether it says that there is nothing to report. */
    public boolean isUneventful() {
        return Boolean.TRUE.equals(uneventful);
    }

    /** That of its code, which is computed once: event types are looked up in large numbers. */
    @Override
    public int hashCode() {
        return code.hashCode();
    }
}
