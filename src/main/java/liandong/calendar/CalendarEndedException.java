package liandong.calendar;

import java.io.Serial;
import java.time.LocalDate;
import java.time.Year;

/** Says that working time was asked about on a date whose holidays are not known: never guessed. */
public final class CalendarEndedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final LocalDate date;
    private final Year first;
    private final Year last;

    CalendarEndedException(LocalDate date, Year first, Year last) {
        super("The working calendar covers " + first + " to " + last + ", not " + date);
        this.date = date;
        this.first = first;
        this.last = last;
    }

    /** The first date met, in order of counting, that the calendar does not cover. */
    public LocalDate date() {
        return date;
    }

    /** The first year covered. */
    public Year first() {
        return first;
    }

    /** The last year covered. */
    public Year last() {
        return last;
    }
}
