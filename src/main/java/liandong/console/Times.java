package liandong.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as pages show them. */
final class Times {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private Times() {}

    /** A moment to the minute. */
    static String minute(Instant moment, ZoneId zone) {
        return MINUTE.format(moment.atZone(zone));
    }

    /** How long something is, to its largest unit. */
    static String length(Duration length, Locale locale) {
        long minutes = Math.abs(length.toMinutes());
        if (minutes == 0) {
            return Say.of(locale, "time.now");
        }
        if (minutes < 120) {
            return Say.of(locale, "time.minutes", minutes);
        }
        return minutes < 2 * 24 * 60
                ? Say.of(locale, "time.hours", minutes / 60)
                : Say.of(locale, "time.days", minutes / (24 * 60));
    }
}
