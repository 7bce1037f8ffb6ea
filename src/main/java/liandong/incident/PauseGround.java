package liandong.incident;

/**
 * Why the limits of a matter stand still for a time (暂停事由).
 *
 * @param code stable name for programs
 * @param label name for people
 */
public record PauseGround(
        @Override @Member(meaning = "stable name for programs", example = "\"WAITING_FOR_TEST\"") @Column("代码 Code")
        String code,

        @Override @Member(meaning = "name for people", example = "\"等待检测鉴定\"") @Column("名称 Label")
        String label)
        implements Term {}
