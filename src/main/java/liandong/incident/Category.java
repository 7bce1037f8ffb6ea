package liandong.incident;

/**
 * One of the categories reports are counted in (类别).
 *
 * @param code stable name for programs
 * @param label name for people
 */
public record Category(
        @Override @Member(meaning = "stable name for programs", example = "\"SOCIAL_AFFAIRS\"") @Column("代码 Code")
        String code,

        @Override @Member(meaning = "name for people", example = "\"社会事务\"") @Column("名称 Label")
        String label)
        implements Term {}
