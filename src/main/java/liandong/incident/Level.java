package liandong.incident;

/**
 * A level of the grid (层级).
 *
 * @param code stable name for programs
 * @param label name for people
 * @param rank 1 for the widest, upwards to the narrowest
 */
public record Level(
        @Override @Member(meaning = "stable name for programs", example = "\"COMMUNITY\"") @Column("代码 Code")
        String code,

        @Override @Member(meaning = "name for people", example = "\"社区\"") @Column("名称 Label")
        String label,

        @Column("次序 Rank") @Bounds(min = 1, max = 99) int rank)
        implements Term {}
