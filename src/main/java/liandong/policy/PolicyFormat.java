package liandong.policy;

import java.util.function.Consumer;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.sheet.SheetData;
import org.jspecify.annotations.Nullable;

/**
 * By which format a policy was written (政策格式): the row {@code 政策格式 Policy format} of the sheet 说明 of
 * {@code vocabulary.xlsx}, whose second cell is a whole number.
 *
 * <p>A policy that says nothing is of format 1. What each format brought:
 *
 * <ol>
 *   <li>the first release: rules import the types they name;
 *   <li>rules name types without importing them, {@code stagePlan} and {@code caseClock} are asked for times; a second row
 *       of 时区, and a day that is both off and worked, are errors, where a policy of format 1 goes by the first row and the
 *       last one, and is told so;
 *   <li>texts are read by words, examples and a screen for danger ({@code reader}); reports have a nature. 关键词 and 分拣门槛 may
 *       still be there and be voted by, but need not. A calendar may say which days are off by law (法定假日); a year counts as
 *       announced only when all of its holidays are there, and a date far from the year it is put under is an error. Rows have
 *       the statuses 本区核准, 有出处 and 推定 instead of 已确认 and 待确认; bodies have other names and parts; 履职清单 says what may go
 *       down to sub-districts, 对照 what outside codes mean. A
 *       percentage is refused where something, or money, is counted, where policies of formats 1 and 2 have it read without its
 *       sign.
 * </ol>
 */
public final class PolicyFormat {
    /** The newest format this program understands. */
    public static final int NEWEST = 3;

    /** The format of a policy that names none. */
    static final int FIRST = 1;

    private static final String HEADER = "政策格式";

    private PolicyFormat() {}

    /**
     * The format that a guide names; the first when it names none.
     *
     * @param guide the sheet 说明 of the vocabulary; null when there is none
     * @param problems gets a format that this program does not know
     */
    static int of(@Nullable SheetData guide, Consumer<Problem> problems) {
        if (guide == null) {
            return FIRST;
        }
        for (SheetData.Line line : guide.lines()) {
            if (line.cell(0).text().startsWith(HEADER)) {
                return read(line.cell(1).text(), guide, line.number(), problems);
            }
        }
        return FIRST;
    }

    private static int read(String text, SheetData guide, int line, Consumer<Problem> problems) {
        if (text.matches("[1-9]\\d{0,5}") && Integer.parseInt(text) <= NEWEST) {
            return Integer.parseInt(text);
        }
        Code code = text.matches("[1-9]\\d*") ? Code.NEWER_FORMAT : Code.BAD_FORMAT;
        problems.accept(Problem.of(code, guide.at(line, 1), text, NEWEST));
        return NEWEST; // what it lacks is told by the newest format: nothing is passed over in silence
    }
}
