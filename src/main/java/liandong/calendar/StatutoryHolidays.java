package liandong.calendar;

import com.nlf.calendar.Lunar;
import com.nlf.calendar.Solar;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import liandong.incident.Term;
import org.jspecify.annotations.Nullable;

/**
 * The days that are off by law in any year (法定假日), whether or not the year's arrangement has been announced.
 *
 * <p>Equal by its holidays, and safe for use by many threads. What days of a year are off is worked out once.
 */
public final class StatutoryHolidays {
    /** The last year that is worked out. */
    public static final int LAST_YEAR = 2200;

    /** What a holiday counts from when nothing says since when it is one. */
    static final int FIRST_YEAR = 1901;

    /** The day before the first of a lunar year, whichever day of its month that is. */
    private static final String EVE = "除夕";

    private static final int LAST_LUNAR_MONTH = 12;
    private static final int MOST_DAYS = 15;

    private final List<Holiday> holidays;
    private final int firstYear;
    private final Map<Integer, Map<String, List<LocalDate>>> known = new ConcurrentHashMap<>();

    /** What the day of a holiday is told by. */
    public enum Reckoning implements Term {
        /** The solar month and day. */
        SOLAR("公历"),
        /** The lunar month and day; leap months do not count. */
        LUNAR("农历"),
        /** The day of a solar term. */
        SOLAR_TERM("节气");

        private final String label;

        Reckoning(String label) {
            this.label = label;
        }

        @Override
        public String code() {
            return name();
        }

        @Override
        public String label() {
            return label;
        }
    }

    /**
     * A holiday that comes every year.
     *
     * @param name e.g. {@code "春节"}
     * @param by what its first day is told by
     * @param month the month, 1–12; null with a solar term
     * @param day the day of the month, the name of a solar term, or {@code 除夕}, the day before the lunar year begins
     * @param days how many days it lasts, 1–15
     * @param from the first day on which the law has it; null when it has always
     */
    public record Holiday(
            String name,
            Reckoning by,
            @Nullable Integer month,
            String day,
            int days,
            @Nullable LocalDate from) {
        /** @throws IllegalArgumentException if no year has such a day */
        public Holiday {
            if (days < 1 || days > MOST_DAYS) {
                throw new IllegalArgumentException("A holiday lasts 1 to " + MOST_DAYS + " days, not " + days);
            }
            boolean eve = by == Reckoning.LUNAR && day.equals(EVE);
            if (by == Reckoning.SOLAR_TERM ? !TERMS.contains(day) || month != null : !eve && !isDay(by, month, day)) {
                throw new IllegalArgumentException(
                        "No such day: " + by.label() + " " + (month == null ? "" : month + " ") + day);
            }
            if (eve && month != null && month != LAST_LUNAR_MONTH) {
                throw new IllegalArgumentException(EVE + " lies in month " + LAST_LUNAR_MONTH + ", not " + month);
            }
        }

        private static boolean isDay(Reckoning by, @Nullable Integer month, String day) {
            if (month == null || month < 1 || month > 12 || !day.matches("[1-9]\\d?")) {
                return false;
            }
            int most = by == Reckoning.LUNAR ? 30 : Month.of(month).maxLength();
            return Integer.parseInt(day) <= most;
        }

        /** Its days in the year in which its first day lies, in their order; empty when the year has none. */
        List<LocalDate> in(int year) {
            return first(year)
                    .filter(date -> date.getYear() == year)
                    .filter(date -> from == null || !date.isBefore(from))
                    .findFirst()
                    .map(date -> date.datesUntil(date.plusDays(days)).toList())
                    .orElse(List.of());
        }

        private Stream<LocalDate> first(int year) {
            return switch (by) {
                case SOLAR -> solar(year);
                // A lunar year begins in January or February, so that its last months lie in the next solar year.
                case LUNAR -> Stream.of(year - 1, year).flatMap(this::lunar);
                case SOLAR_TERM ->
                    Stream.of(year, year + 1)
                            .map(each -> Solar.fromYmd(each, 6, 1)
                                    .getLunar()
                                    .getJieQiTable()
                                    .get(day))
                            .filter(Objects::nonNull)
                            .map(Holiday::date);
            };
        }

        private Stream<LocalDate> solar(int year) {
            try {
                return Stream.of(LocalDate.of(year, Objects.requireNonNull(month), Integer.parseInt(day)));
            } catch (DateTimeException e) {
                return Stream.empty(); // the 29th of February
            }
        }

        private Stream<LocalDate> lunar(int lunarYear) {
            if (day.equals(EVE)) {
                return Stream.of(
                        date(Lunar.fromYmd(lunarYear + 1, 1, 1).getSolar()).minusDays(1));
            }
            try {
                return Stream.of(date(Lunar.fromYmd(lunarYear, Objects.requireNonNull(month), Integer.parseInt(day))
                        .getSolar()));
            } catch (IllegalArgumentException e) {
                return Stream.empty(); // the 30th of a month that has 29 days
            }
        }

        private static LocalDate date(Solar solar) {
            return LocalDate.of(solar.getYear(), solar.getMonth(), solar.getDay());
        }
    }

    private static final Set<String> TERMS = Set.of(
            "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至", "小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降",
            "立冬", "小雪", "大雪", "冬至", "小寒", "大寒");

    /**
     * The holidays of a law.
     *
     * @param holidays in any order; at least one
     */
    public StatutoryHolidays(List<Holiday> holidays) {
        if (holidays.isEmpty()) {
            throw new IllegalArgumentException("A law has a holiday");
        }
        this.holidays = List.copyOf(holidays);
        this.firstYear = IntStream.rangeClosed(FIRST_YEAR, LAST_YEAR)
                .filter(year -> this.holidays.stream().allMatch(holiday -> !isBeforeLaw(holiday, year)))
                .findFirst()
                .orElse(LAST_YEAR + 1);
    }

    /** The first year in which all of its holidays are. */
    public int firstYear() {
        return firstYear;
    }

    private static boolean isBeforeLaw(Holiday holiday, int year) {
        LocalDate from = holiday.from();
        return from != null && from.isAfter(LocalDate.of(year, 1, 1));
    }

    /** The names of the holidays, in the order of the year that is given, each with its days; empty when it has none. */
    public Map<String, List<LocalDate>> in(int year) {
        return known.computeIfAbsent(year, this::workedOut);
    }

    private Map<String, List<LocalDate>> workedOut(int year) {
        Map<String, List<LocalDate>> days = holidays.stream()
                .collect(Collectors.toMap(
                        Holiday::name, holiday -> holiday.in(year), StatutoryHolidays::both, LinkedHashMap::new));
        return Collections.unmodifiableMap(days);
    }

    private static List<LocalDate> both(List<LocalDate> one, List<LocalDate> other) {
        return Stream.concat(one.stream(), other.stream())
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    /**
     * All days of a year that are off by law: the holidays, and for each of their days that falls on a weekday that is free
     * anyway, the next working day (补假).
     *
     * @param free whether the weekday of a date is free
     * @return those days with the name of the holiday
     */
    Map<LocalDate, String> daysOff(int year, Predicate<LocalDate> free) {
        var off = new TreeMap<LocalDate, String>();
        in(year).forEach((name, days) -> days.forEach(day -> off.putIfAbsent(day, name)));
        var instead = new ArrayList<>(off.keySet());
        for (LocalDate day : instead) {
            if (free.test(day)) {
                LocalDate next = day.plusDays(1);
                while (free.test(next) || off.containsKey(next)) {
                    next = next.plusDays(1);
                }
                off.put(next, off.getOrDefault(day, ""));
            }
        }
        return off;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StatutoryHolidays law && holidays.equals(law.holidays);
    }

    @Override
    public int hashCode() {
        return holidays.hashCode();
    }

    @Override
    public String toString() {
        return holidays.toString();
    }
}
