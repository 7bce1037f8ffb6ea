package liandong.incident;

/**
 * Why a body returns a matter (退单理由).
 *
 * @param code stable name for programs
 * @param label name for people
 */
public record ReturnReason(
        @Override @Column("代码 Code") String code,
        @Override @Column("名称 Label") String label) implements Term {}
