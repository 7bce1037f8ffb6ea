package liandong.incident;

/**
 * Who brought the information (来源).
 *
 * @param code stable name for programs
 * @param label name for people
 */
public record Source(
        @Override @Member(meaning = "stable name for programs", example = "\"GRID\"") @Column("代码 Code")
        String code,

        @Override @Member(meaning = "name for people", example = "\"网格\"") @Column("名称 Label")
        String label)
        implements Term {}
