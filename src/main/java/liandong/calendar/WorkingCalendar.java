package liandong.calendar;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import liandong.incident.Term;
import org.jspecify.annotations.Nullable;

/**
 * When offices are open, and so when a limit falls due.
 *
 * <p>Immutable. Fails closed: outside the covered years it throws rather than treat a date as an ordinary weekday. A year
 * whose arrangement has not been announced is covered when a law says its days off; nobody knows then which days are worked
 * to make up, so that what is counted through it is provisional: {@link #unannounced}.
 *
 * <p>Open time is elapsed time: where the clock is put forward or back during a shift, that shift is shorter or longer.
 */
public final class WorkingCalendar {
    private static final BigDecimal NANOS_PER_HOUR =
            BigDecimal.valueOf(Duration.ofHours(1).toNanos());

    private static final BigDecimal NANOS_PER_MINUTE =
            BigDecimal.valueOf(Duration.ofMinutes(1).toNanos());

    private final ZoneId zone;
    private final Map<DayOfWeek, List<Shift>> officeHours = new EnumMap<>(DayOfWeek.class);
    private final List<Shift> makeUpHours;
    /** Whether any shift runs past midnight, so that of two days the earlier one has to be looked at, too. */
    private final boolean isOpenAtNight;

    private final Map<LocalDate, DayType> exceptions;
    private final Year first;
    private final Year last;
    private final SortedSet<Year> announced;
    private final @Nullable StatutoryHolidays law;
    private final Map<Integer, Map<LocalDate, String>> byLaw = new ConcurrentHashMap<>();

    /**
     * One stretch of time during which offices are open, both ends included. It belongs to the day on which it opens, also
     * when it runs past midnight (夜班): on a holiday the night that ends in the morning is the day before's.
     *
     * @param opens  the beginning
     * @param closes the close of business when it is the last shift of its day; not after {@code opens} when it is on the
     *     next day
     */
    public record Shift(LocalTime opens, LocalTime closes) {
        /**
         * The longest shift past midnight, in hours: a longer one is rather a time typed wrongly, as 05:30 for 17:30.
         */
        public static final int LONGEST_NIGHT = 12;

        /** @throws IllegalArgumentException if it can be none */
        public Shift {
            boolean toTheEnd = closes.equals(LocalTime.MIDNIGHT) && !opens.equals(closes);
            if (!isPossible(opens, closes) && !toTheEnd) {
                throw new IllegalArgumentException("A shift opens at " + opens + " but closes at " + closes);
            }
        }

        /** Whether staff may mean a shift that opens and closes so: after it opens, or on the next day at most {@value #LONGEST_NIGHT} hours later. */
        public static boolean isPossible(LocalTime opens, LocalTime closes) {
            return opens.isBefore(closes)
                    || (!opens.equals(closes)
                            && Duration.between(closes, opens).compareTo(Duration.ofHours(24L - LONGEST_NIGHT)) >= 0);
        }

        /** How long it is, by the clock on the wall. */
        public Duration length() {
            Duration length = Duration.between(opens, closes);
            return closes.isAfter(opens) ? length : length.plusDays(1);
        }

        /** Whether it closes on the day after it opens. */
        public boolean isPastMidnight() {
            return closes.isBefore(opens);
        }
    }

    /** What a date is when it is not what its weekday says. */
    public enum DayType implements Term {
        /** A holiday. */
        OFF("休"),
        /** A make-up working day. (调休) */
        WORK("班");

        private final String label;

        DayType(String label) {
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
     * Creates the calendar of one place.
     *
     * @param zone        the zone of the office hours and of every result
     * @param officeHours shifts by weekday in any order; none on a weekday that is free
     * @param exceptions  holidays and make-up days; a make-up day on a free weekday takes the hours of the first weekday
     *     from Monday that has any; dates outside the covered years are ignored
     * @param first       the first year whose exceptions are known, included
     * @param last        the last such year, included
     * @throws IllegalArgumentException if no weekday has office hours, shifts of a weekday overlap, or the years are
     *     reversed
     */
    public WorkingCalendar(
            ZoneId zone,
            Map<DayOfWeek, List<Shift>> officeHours,
            Map<LocalDate, DayType> exceptions,
            Year first,
            Year last) {
        this(zone, officeHours, exceptions, years(first, last), null);
    }

    /**
     * Creates the calendar of one place, which knows years that have not been announced by law.
     *
     * @param announced the years whose arrangement has been announced; without a law, all from the first to the last
     * @param law the days off of other years; null when none are known
     * @throws IllegalArgumentException if no year is covered, no weekday has office hours, or shifts of a weekday overlap
     */
    public WorkingCalendar(
            ZoneId zone,
            Map<DayOfWeek, List<Shift>> officeHours,
            Map<LocalDate, DayType> exceptions,
            SortedSet<Year> announced,
            @Nullable StatutoryHolidays law) {
        if (announced.isEmpty() && law == null) {
            throw new IllegalArgumentException("The calendar covers no year");
        }
        for (DayOfWeek weekday : DayOfWeek.values()) {
            this.officeHours.put(weekday, inOrder(weekday, officeHours.getOrDefault(weekday, List.of())));
        }
        this.makeUpHours = this.officeHours.values().stream()
                .filter(shifts -> !shifts.isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No weekday has office hours"));
        this.isOpenAtNight = isOpenAtNight(this.officeHours);
        this.zone = zone;
        this.exceptions = Map.copyOf(exceptions);
        this.announced = Collections.unmodifiableSortedSet(new TreeSet<>(announced));
        this.law = law;
        this.first = announced.isEmpty() ? Year.of(Objects.requireNonNull(law).firstYear()) : announced.first();
        this.last = law == null ? announced.last() : Year.of(StatutoryHolidays.LAST_YEAR);
    }

    private static SortedSet<Year> years(Year first, Year last) {
        if (first.isAfter(last)) {
            throw new IllegalArgumentException("The calendar begins with " + first + " but ends with " + last);
        }
        return IntStream.rangeClosed(first.getValue(), last.getValue())
                .mapToObj(Year::of)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Shift> inOrder(DayOfWeek weekday, List<Shift> shifts) {
        List<Shift> ordered =
                shifts.stream().sorted(Comparator.comparing(Shift::opens)).toList();
        for (int i = 1; i < ordered.size(); i++) {
            Shift before = ordered.get(i - 1);
            if (before.isPastMidnight() || ordered.get(i).opens().isBefore(before.closes())) {
                throw new IllegalArgumentException(
                        "Shifts of " + weekday + " overlap: " + ordered.get(i - 1) + " and " + ordered.get(i));
            }
        }
        return ordered;
    }

    /** Whether some shift runs past midnight; any day may follow any other, as holidays are moved about. */
    private static boolean isOpenAtNight(Map<DayOfWeek, List<Shift>> hours) {
        List<Shift> all = hours.values().stream().flatMap(List::stream).toList();
        List<Shift> nights = all.stream().filter(Shift::isPastMidnight).toList();
        for (Shift night : nights) {
            for (Shift next : all) {
                if (next.opens().isBefore(night.closes())) {
                    throw new IllegalArgumentException(
                            "Shifts of days that may follow each other overlap: " + night + " and " + next);
                }
            }
        }
        return !nights.isEmpty();
    }

    /** The zone of the office hours and of every result. */
    public ZoneId zone() {
        return zone;
    }

    /** The last year that has been announced; the last one covered when none has. */
    public Year lastYear() {
        return announced.isEmpty() ? last : announced.last();
    }

    /** Whether a law says the days off of years that have not been announced, so that it does not end with the last of them. */
    public boolean goesByLaw() {
        return law != null;
    }

    /** Whether the arrangement of a year has been announced; what is counted through other years is provisional (暂定). */
    public boolean isAnnounced(Year year) {
        return announced.contains(year);
    }

    /**
     * The years that a limit was counted through and that have not been announced: what its due time rests on (暂定).
     *
     * @param start what it counts from
     * @param due when it falls due
     * @return empty when it does not count in working time, or when no law says which days of such years are off
     */
    public SortedSet<Year> unannounced(ZonedDateTime start, Limit limit, ZonedDateTime due) {
        return switch (limit.clock()) {
            case MINUTE, HOUR, DAY, MONTH -> Collections.emptySortedSet();
            case WORKING_HOUR -> unannounced(day(start), day(due));
            case WORKING_DAY -> unannounced(day(start).plusDays(limit.amount().signum()), day(due));
        };
    }

    private LocalDate day(ZonedDateTime moment) {
        return moment.withZoneSameInstant(zone).toLocalDate();
    }

    private SortedSet<Year> unannounced(LocalDate from, LocalDate to) {
        var years = new TreeSet<Year>();
        for (int year = from.getYear(); law != null && year <= to.getYear(); year++) {
            if (!isAnnounced(Year.of(year))) {
                years.add(Year.of(year));
            }
        }
        return years;
    }

    /**
     * Tells whether offices open on a date.
     *
     * @throws CalendarEndedException if the date is outside the covered years
     */
    public boolean isWorkingDay(LocalDate date) {
        return !shiftsOn(date).isEmpty();
    }

    /**
     * Counts a limit from its start. (到期)
     *
     * <p>Hours and minutes elapse, those of a limit with hours of the day within these only; days and months keep the time of day. Working hours run inside shifts only, so that 0 of them fall due at the
     * start or, when offices are closed, at the next opening. Working days count from the day after the start (次日起) and
     * fall due at the close of business; 0 of them at the first close of business not before the start.
     *
     * @param start in any zone
     * @return in the calendar's zone, never before the start; a limit used up exactly at a closing is due at that closing,
     *     not at the next opening; a time of day that the clock skips is taken as the moment of the jump, one that comes
     *     twice as its first occurrence
     * @throws CalendarEndedException if the limit is in working time and has to look at a date outside the covered years
     */
    public ZonedDateTime due(ZonedDateTime start, Limit limit) {
        ZonedDateTime begin = start.withZoneSameInstant(zone);
        BigDecimal amount = limit.amount();
        Shift daily = limit.daily();
        if (daily != null) {
            return after(begin, clockTime(limit), EveryDay.of(daily));
        }
        return switch (limit.clock()) {
            case HOUR -> begin.plus(hours(amount));
            case MINUTE ->
                begin.plus(Duration.ofNanos(amount.multiply(NANOS_PER_MINUTE).longValueExact()));
            case MONTH -> later(begin, afterMonths(begin, amount.longValueExact()));
            case DAY -> later(begin, at(begin.toLocalDate().plusDays(amount.longValueExact()), begin.toLocalTime()));
            case WORKING_HOUR -> afterWorkingTime(begin, hours(amount));
            case WORKING_DAY -> afterWorkingDays(begin, amount.intValueExact());
        };
    }

    private static Duration clockTime(Limit limit) {
        return limit.clock() == LimitClock.MINUTE
                ? Duration.ofNanos(limit.amount().multiply(NANOS_PER_MINUTE).longValueExact())
                : hours(limit.amount());
    }

    /**
     * How long a limit runs between two moments: in office hours, within its hours of the day, or day and night.
     *
     * @return zero when the second is not after the first
     * @throws CalendarEndedException if it counts in office hours and a date between them is outside the covered years
     */
    public Duration runs(Limit limit, ZonedDateTime from, ZonedDateTime to) {
        if (!to.isAfter(from)) {
            return Duration.ZERO;
        }
        Shift daily = limit.daily();
        if (daily != null) {
            return between(from.withZoneSameInstant(zone), to.withZoneSameInstant(zone), EveryDay.of(daily));
        }
        return limit.standsStill() ? openBetween(from, to) : Duration.between(from, to);
    }

    /**
     * The moment by which a limit has run so long; see {@link #runs}.
     *
     * @param time zero or more
     * @throws CalendarEndedException if it counts in office hours and has to look at a date outside the covered years
     */
    public ZonedDateTime afterRunning(Limit limit, ZonedDateTime from, Duration time) {
        ZonedDateTime begin = from.withZoneSameInstant(zone);
        Shift daily = limit.daily();
        if (daily != null) {
            return after(begin, time, EveryDay.of(daily));
        }
        return limit.standsStill() ? afterOpen(begin, time) : begin.plus(time);
    }

    /** What is open on which day. */
    private interface Days {
        List<Shift> on(LocalDate day);

        LocalDate first(ZonedDateTime moment);
    }

    /** The same hours on each day, whatever day it is. */
    private record EveryDay(List<Shift> hours) implements Days {
        static EveryDay of(Shift shift) {
            return new EveryDay(List.of(shift));
        }

        @Override
        public List<Shift> on(LocalDate day) {
            return hours;
        }

        @Override
        public LocalDate first(ZonedDateTime moment) {
            return moment.toLocalDate().minusDays(hours.get(0).isPastMidnight() ? 1 : 0);
        }
    }

    private final Days office = new Days() {
        @Override
        public List<Shift> on(LocalDate day) {
            return shiftsOn(day);
        }

        @Override
        public LocalDate first(ZonedDateTime moment) {
            return firstDay(moment);
        }
    };

    /**
     * How long offices are open between two moments.
     *
     * @return zero when the second is not after the first
     * @throws CalendarEndedException if a date between them is outside the covered years
     */
    public Duration openBetween(ZonedDateTime from, ZonedDateTime to) {
        return between(from.withZoneSameInstant(zone), to.withZoneSameInstant(zone), office);
    }

    private Duration between(ZonedDateTime begin, ZonedDateTime end, Days days) {
        Duration open = Duration.ZERO;
        for (LocalDate day = days.first(begin); !day.isAfter(end.toLocalDate()); day = day.plusDays(1)) {
            for (Shift shift : days.on(day)) {
                ZonedDateTime opens = later(begin, at(day, shift.opens()));
                ZonedDateTime closes = closing(day, shift);
                Duration stretch = Duration.between(opens, closes.isAfter(end) ? end : closes);
                open = stretch.isNegative() ? open : open.plus(stretch);
            }
        }
        return open;
    }

    /**
     * The moment by which offices have been open so long.
     *
     * @param time zero or more; see {@link #due} for how working hours fall due
     * @throws CalendarEndedException if it has to look at a date outside the covered years
     */
    public ZonedDateTime afterOpen(ZonedDateTime from, Duration time) {
        return afterWorkingTime(from.withZoneSameInstant(zone), time);
    }

    /** The same day and time some months later, else the end of that month. So a later start is never due earlier. */
    private ZonedDateTime afterMonths(ZonedDateTime begin, long months) {
        YearMonth month = YearMonth.from(begin).plusMonths(months);
        return month.isValidDay(begin.getDayOfMonth())
                ? at(month.atDay(begin.getDayOfMonth()), begin.toLocalTime())
                : at(month.plusMonths(1).atDay(1), LocalTime.MIDNIGHT);
    }

    private static Duration hours(BigDecimal amount) {
        return Duration.ofNanos(amount.multiply(NANOS_PER_HOUR).longValueExact());
    }

    private ZonedDateTime afterWorkingTime(ZonedDateTime start, Duration limit) {
        return after(start, limit, office);
    }

    private ZonedDateTime after(ZonedDateTime start, Duration limit, Days days) {
        Duration left = limit;
        for (LocalDate day = days.first(start); ; day = day.plusDays(1)) {
            for (Shift shift : days.on(day)) {
                ZonedDateTime from = later(start, at(day, shift.opens()));
                Duration open = Duration.between(from, closing(day, shift)); // negative when the shift is over
                if (open.compareTo(left) >= 0) {
                    return from.plus(left);
                }
                left = open.isNegative() ? left : left.minus(open);
            }
        }
    }

    private ZonedDateTime afterWorkingDays(ZonedDateTime start, int limit) {
        int left = limit;
        LocalDate first = limit == 0 ? firstDay(start) : start.toLocalDate().plusDays(1);
        for (LocalDate day = first; ; day = day.plusDays(1)) {
            List<Shift> shifts = shiftsOn(day);
            if (!shifts.isEmpty() && --left <= 0) {
                ZonedDateTime closing = closing(day, shifts.get(shifts.size() - 1));
                if (!closing.isBefore(start)) {
                    return closing;
                }
            }
        }
    }

    /** The first day whose shifts may be open at a moment or after: the day before while a night may not be over. */
    private LocalDate firstDay(ZonedDateTime moment) {
        LocalDate day = moment.toLocalDate();
        LocalDate before = day.minusDays(1);
        return isOpenAtNight && isCovered(before.getYear()) ? before : day;
    }

    private ZonedDateTime closing(LocalDate day, Shift shift) {
        return at(shift.isPastMidnight() ? day.plusDays(1) : day, shift.closes());
    }

    /**
     * The stretches during which offices are open on a day, in order; none when they are closed.
     *
     * @throws CalendarEndedException if the date is outside the covered years
     */
    public List<Shift> shiftsOn(LocalDate day) {
        if (!isCovered(day.getYear())) {
            throw new CalendarEndedException(day, first, last);
        }
        List<Shift> usual = usual(day);
        DayType exception = exceptions.get(day);
        if (exception == null) {
            return isOffByLaw(day) ? List.of() : usual;
        }
        return switch (exception) {
            case OFF -> List.of();
            case WORK -> usual.isEmpty() ? makeUpHours : usual;
        };
    }

    private List<Shift> usual(LocalDate day) {
        return officeHours.getOrDefault(day.getDayOfWeek(), List.of());
    }

    private boolean isCovered(int year) {
        return announced.contains(Year.of(year))
                || (law != null && year >= law.firstYear() && year <= StatutoryHolidays.LAST_YEAR);
    }

    /** Whether nobody has said anything about the year of a date, and the law has it off. */
    private boolean isOffByLaw(LocalDate day) {
        StatutoryHolidays holidays = law;
        return holidays != null
                && !isAnnounced(Year.from(day))
                && byLaw.computeIfAbsent(
                                day.getYear(),
                                year -> holidays.daysOff(
                                        year, date -> usual(date).isEmpty()))
                        .containsKey(day);
    }

    // Java's own rule moves a skipped time on by the length of the gap, which can put a closing before its opening.
    private ZonedDateTime at(LocalDate day, LocalTime time) {
        LocalDateTime wall = day.atTime(time);
        ZoneOffsetTransition jump = zone.getRules().getTransition(wall); // null on almost every day
        return jump != null && jump.isGap() ? jump.getInstant().atZone(zone) : wall.atZone(zone);
    }

    private static ZonedDateTime later(ZonedDateTime one, ZonedDateTime other) {
        return one.isBefore(other) ? other : one;
    }
}
