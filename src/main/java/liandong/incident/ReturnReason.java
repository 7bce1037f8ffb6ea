package liandong.incident;

/**
 * Why a body returns a matter (退单理由).
 *
 * @param code stable name for programs
 * @param label name for people
 */
public record ReturnReason(
        @Override @Member(meaning = "stable name for programs", example = "\"NOT_OURS\"") @Column("代码 Code")
        String code,

        @Override @Member(meaning = "name for people", example = "\"职责不符\"") @Column("名称 Label")
        String label)
        implements Term {}
