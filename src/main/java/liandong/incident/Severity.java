package liandong.incident;

/**
 * How grave a matter is (等级).
 *
 * @param code stable name for programs
 * @param label name for people
 * @param rank 1 for the least grave, upwards
 */
public record Severity(
        @Override @Member(meaning = "stable name for programs", example = "\"GENERAL\"") @Column("代码 Code")
        String code,

        @Override @Member(meaning = "name for people", example = "\"一般\"") @Column("名称 Label")
        String label,

        @Column("次序 Rank") @Bounds(min = 1, max = 99) int rank)
        implements Term {}
