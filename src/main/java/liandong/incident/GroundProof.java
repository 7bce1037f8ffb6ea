package liandong.incident;

/**
 * What shows that the reason holds for which somebody gets more time: a pause, an extension, an explanation (凭证).
 *
 * @param code stable name for programs
 * @param label name for people
 */
public record GroundProof(
        @Override @Member(meaning = "stable name for programs", example = "\"TEST_RECEIPT\"") @Column("代码 Code")
        String code,

        @Override @Member(meaning = "name for people", example = "\"送检回执\"") @Column("名称 Label")
        String label)
        implements Term {}
