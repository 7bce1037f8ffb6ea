package liandong.incident;

/**
 * Who brought the information (来源).
 *
 * @param code stable name for programs
 * @param label name for people
 */
public record Source(
        @Override @Column("代码 Code") String code,
        @Override @Column("名称 Label") String label) implements Term {}
