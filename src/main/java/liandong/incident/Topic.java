package liandong.incident;

import java.util.List;

/**
 * What a report is about in the citizen's view, as hotlines count it (主题).
 *
 * @param code stable name for programs
 * @param label name for people
 * @param aliases other names it goes by, such as the one it had before; empty for none
 */
public record Topic(
        @Override @Member(meaning = "stable name for programs", example = "\"NEIGHBOURS\"") @Column("代码 Code")
        String code,

        @Override @Member(meaning = "name for people", example = "\"邻里\"") @Column("名称 Label")
        String label,

        @Override @Column(value = "又名 Also known as", optional = true, mayBeAbsent = true)
        List<String> aliases)
        implements Term {
    /** One with a single name. */
    public Topic(String code, String label) {
        this(code, label, List.of());
    }
}
