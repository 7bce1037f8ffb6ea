package liandong.incident;

/**
 * A class of event types, finer than a category (小类).
 *
 * @param code stable name for programs
 * @param label name for people
 */
public record EventClass(
        @Override @Member(meaning = "stable name for programs", example = "\"DISPUTES\"") @Column("代码 Code")
        String code,

        @Override @Member(meaning = "name for people", example = "\"矛盾纠纷\"") @Column("名称 Label")
        String label)
        implements Term {}
