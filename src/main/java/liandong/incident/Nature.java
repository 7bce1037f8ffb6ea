package liandong.incident;

/**
 * What the reporter wants of whoever is in charge (诉求性质), e.g. to ask, to complain, to inform against somebody.
 *
 * @param code stable name for programs
 * @param label name for people
 */
public record Nature(
        @Override @Member(meaning = "stable name for programs", example = "\"COMPLAINT\"") @Column("代码 Code")
        String code,

        @Override @Member(meaning = "name for people", example = "\"投诉\"") @Column("名称 Label")
        String label)
        implements Term {}
