package liandong.decision;

import java.util.Locale;
import liandong.incident.Member;
import liandong.problem.Code;
import liandong.problem.Problem;

/**
 * What whoever gets an answer should know though it is one (提示).
 *
 * <p>In both languages, because an answer is the same, byte for byte, whoever asks.
 */
public record AnswerWarning(
        @Member(meaning = "what kind of warning", example = "\"WIDER_AREA\"")
        Code code,

        @Member(meaning = "what in the request it is about, as a JSON pointer", example = "\"/incident/area\"")
        String pointer,

        @Member(meaning = "the warning in Chinese", example = "\"词汇表中没有区域 110101001099，已按其代码所属的东华门街道（110101001）办理。\"")
        String message,

        @Member(
                meaning = "the warning in English",
                example =
                        "\"Nobody knows the area 110101001099; it was taken for 110101001 东华门街道, in which its code lies.\"")
        String messageEn) {
    /** A warning in both languages. */
    public static AnswerWarning of(Problem problem) {
        return new AnswerWarning(
                problem.code(),
                problem.at().toString(),
                problem.message(Locale.SIMPLIFIED_CHINESE),
                problem.message(Locale.ENGLISH));
    }
}
