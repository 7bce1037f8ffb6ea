package liandong.wire;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import liandong.problem.Code;
import liandong.problem.Location;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Moments as they are sent: ISO 8601 with an offset, within the days that anybody can mean.
 *
 * <p>Further away lie slips of the pen and traps: no calendar reaches there, and arithmetic with times fails.
 */
public final class Moments {
    /** The first day that may be spoken of. */
    public static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);

    /** The last day that may be spoken of. */
    public static final LocalDate LAST_DAY = LocalDate.of(2200, 12, 31);

    /** What looks like a time, with an offset or without, whether or not there is such a day. */
    private static final Pattern SHAPE = Pattern.compile(
            "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}([.]\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2}(:\\d{2})?)?",
            Pattern.CASE_INSENSITIVE);

    private static final int LAST_YEAR_OF_FOUR_DIGITS = 9_999;

    private static final int LONGEST_TEXT = 32;

    private Moments() {}

    /**
     * The moment a text names; null when it names none that may be spoken of, which has been told.
     *
     * @param at where the text stands
     * @param problems told why there is none
     */
    public static @Nullable OffsetDateTime read(String text, Location at, Consumer<Problem> problems) {
        Problem fault;
        try {
            OffsetDateTime moment = OffsetDateTime.parse(text);
            if (isWithin(moment.toLocalDate())) {
                return moment;
            }
            fault = outside(text, at);
        } catch (DateTimeException e) {
            boolean impossible = SHAPE.matcher(text).matches() && !isLocal(text);
            fault = Problem.of(impossible ? Code.IMPOSSIBLE_TIME : Code.MISSING_OFFSET, at, FactReader.shortened(text));
        }
        problems.accept(fault);
        return null;
    }

    /** A moment as answers have it: ISO 8601, to the second at least, with its offset. */
    public static String text(OffsetDateTime moment) {
        if (moment.getNano() != 0 || moment.getYear() < 0 || moment.getYear() > LAST_YEAR_OF_FOUR_DIGITS) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment);
        }
        // The same text; an answer has a dozen of them, and the formatter takes longer than all else about them.
        var text = new StringBuilder(LONGEST_TEXT).append(moment.toLocalDate());
        two(text.append('T'), moment.getHour());
        two(text.append(':'), moment.getMinute());
        two(text.append(':'), moment.getSecond());
        return text.append(moment.getOffset()).toString();
    }

    private static void two(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /** Whether a day may be spoken of. */
    public static boolean isWithin(LocalDate day) {
        return !day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY);
    }

    /** Says that a day may not be spoken of. */
    public static Problem outside(String text, Location at) {
        return Problem.of(Code.OUT_OF_RANGE, at, FactReader.shortened(text), FIRST_DAY, LAST_DAY);
    }

    private static boolean isLocal(String text) {
        try {
            LocalDateTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
