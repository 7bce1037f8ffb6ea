package liandong.incident;

import java.util.List;

/**
 * A class of event types, finer than a category (小类).
 *
 * @param code stable name for programs
 * @param label name for people
 * @param aliases other names it goes by, such as the one it had before; empty for none
 */
public record EventClass(
        @Override @Member(meaning = "stable name for programs", example = "\"DISPUTES\"") @Column("代码 Code")
        String code,

        @Override @Member(meaning = "name for people", example = "\"矛盾纠纷\"") @Column("名称 Label")
        String label,

        @Override @Column(value = "又名 Also known as", optional = true, mayBeAbsent = true)
        List<String> aliases)
        implements Term {
    /** One with a single name. */
    public EventClass(String code, String label) {
        this(code, label, List.of());
    }
}
