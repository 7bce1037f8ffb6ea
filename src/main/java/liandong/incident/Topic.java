package liandong.incident;

/**
 * What a report is about in the citizen's view, as hotlines count it (主题).
 *
 * @param code stable name for programs
 * @param label name for people
 */
public record Topic(
        @Override @Member(meaning = "stable name for programs", example = "\"NEIGHBOURS\"") @Column("代码 Code")
        String code,

        @Override @Member(meaning = "name for people", example = "\"邻里\"") @Column("名称 Label")
        String label)
        implements Term {}
