package liandong.incident;

/**
 * One of the categories reports are counted in (类别).
 *
 * @param code stable name for programs
 * @param label name for people
 */
public record Category(
        @Override @Column("代码 Code") String code,
        @Override @Column("名称 Label") String label) implements Term {}
