package liandong.incident;

/**
 * How soon a matter must be taken in hand (紧急程度).
 *
 * @param code stable name for programs
 * @param label name for people
 * @param rank 1 for the least urgent, upwards
 */
public record Urgency(
        @Override @Member(meaning = "stable name for programs", example = "\"NORMAL\"") @Column("代码 Code")
        String code,

        @Override @Member(meaning = "name for people", example = "\"一般\"") @Column("名称 Label")
        String label,

        @Column("次序 Rank") @Bounds(min = 1, max = 99) int rank)
        implements Term {}
