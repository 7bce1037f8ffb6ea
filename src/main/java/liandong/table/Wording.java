package liandong.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.calendar.Limit;
import liandong.calendar.LimitClock;
import org.jspecify.annotations.Nullable;

/**
 * What people write instead of the form that cells are meant to have: {@code 10人以上}, {@code 2027/1/1}, {@code 4个工作日}.
 *
 * <p>Every method gives that form, so that whatever reads cells further on sees no difference; null where a text can be
 * read in no way, or in more than one.
 */
final class Wording {
    /** What is written where nothing is asked for, or nothing concluded. */
    private static final Set<String> NOTHING = Set.of(
            "不限", "不限制", "无限制", "任意", "任何", "全部", "所有", "均可", "都可", "都可以", "皆可", "any", "all", "*", "无", "没有", "无要求",
            "不要求", "暂无", "n/a", "-", "--", "—", "——", "/", "\\", "长期", "长期有效", "永久", "永久有效", "一直有效", "至今", "全区", "全域");

    /** What is written for all that no other row names. */
    private static final Set<String> THE_REST =
            Set.of("其他", "其它", "其余", "其余情形", "其他情形", "其他情况", "其余情况", "other", "others", "else");

    /** What is written while nobody knows yet. */
    private static final Set<String> NOT_YET_KNOWN = Set.of(
            "待定", "未定", "暂定", "待确定", "待明确", "待补", "待补充", "待填", "不详", "不清楚", "不明", "tbd", "tbc", "?", "??", "???");

    /** Those of them that may be meant as a no. */
    private static final Set<String> PERHAPS_NO =
            Set.of("无", "没有", "不要求", "无要求", "暂无", "-", "--", "—", "——", "/", "\\");

    /** Two digits side by side, or one at the end that a smaller unit may belong to. */
    private static final Pattern UNCLEAR = Pattern.compile("[零〇一二两三四五六七八九]{2}(?<!零[一二两三四五六七八九])|[百千万亿][一二两三四五六七八九]$");

    private static final Set<String> YES = Set.of("√", "✓", "✔", "☑", "y", "1", "对", "是的", "t");
    private static final Set<String> NO = Set.of("×", "✗", "✘", "✕", "✖", "☒", "n", "0", "不是", "否定", "f");

    /** Numbers as {@link #arabic} leaves them, those of thousands with commas included. */
    private static final String NUMBER = "(?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d{1,15})(?:\\.\\d{1,6})?";

    private static final String MULTIPLE = "(?:百万|千万|百|千|万|亿)";
    private static final String UNIT = "(?:人次|人|名|个百分点|百分点|个工作日|个|件|次|起|家|户|项|条|例|处|张|分|笔|位|辆|岁|工作日|天|字|倍|%|元)";
    private static final Pattern AMOUNT = Pattern.compile("(" + NUMBER + ")(" + MULTIPLE + "?)(" + UNIT + "?)");
    private static final String NUMBER_TOKEN = NUMBER + MULTIPLE + "?" + UNIT + "?";

    private static final String DATE = "\\d{4}(?:-\\d{1,2}-|/\\d{1,2}/|\\.\\d{1,2}\\.|年\\d{1,2}月)\\d{1,2}[日号]?|\\d{8}";
    private static final Pattern DATE_PARTS = Pattern.compile("(\\d{4})\\D?(\\d{1,2})\\D?(\\d{1,2})\\D?");
    private static final Pattern DAY_OF_YEAR = Pattern.compile("(\\d{1,2})(?:月|-|/|\\.)(\\d{1,2})[日号]?");
    private static final Pattern LISTED =
            Pattern.compile("(?<=[\\d０-９])\\s*，\\s*(?=[\\d０-９])(?![0０][\\d０-９]{2}(?![\\d０-９]))");
    private static final Pattern CASES = Pattern.compile("(\\d{1,15})起");
    private static final Pattern MONTH = Pattern.compile("(\\d{4})年(\\d{1,2})月份?");

    /** What stands before a bound, longer ones first, and what it means. */
    private static final Map<String, String> BEFORE = Map.ofEntries(
            Map.entry(">=", "≥"),
            Map.entry("=>", "≥"),
            Map.entry("≥", "≥"),
            Map.entry("≧", "≥"),
            Map.entry("⩾", "≥"),
            Map.entry("大于等于", "≥"),
            Map.entry("大于或等于", "≥"),
            Map.entry("不小于", "≥"),
            Map.entry("不少于", "≥"),
            Map.entry("不低于", "≥"),
            Map.entry("至少", "≥"),
            Map.entry("最少", "≥"),
            Map.entry("达到", "≥"),
            Map.entry(">", ">"),
            Map.entry("大于", ">"),
            Map.entry("超过", ">"),
            Map.entry("多于", ">"),
            Map.entry("高于", ">"),
            Map.entry("晚于", ">"),
            Map.entry("<=", "≤"),
            Map.entry("=<", "≤"),
            Map.entry("≤", "≤"),
            Map.entry("≦", "≤"),
            Map.entry("⩽", "≤"),
            Map.entry("小于等于", "≤"),
            Map.entry("小于或等于", "≤"),
            Map.entry("不大于", "≤"),
            Map.entry("不超过", "≤"),
            Map.entry("不多于", "≤"),
            Map.entry("不高于", "≤"),
            Map.entry("不晚于", "≤"),
            Map.entry("至多", "≤"),
            Map.entry("最多", "≤"),
            Map.entry("<", "<"),
            Map.entry("小于", "<"),
            Map.entry("少于", "<"),
            Map.entry("低于", "<"),
            Map.entry("早于", "<"),
            Map.entry("不足", "<"),
            Map.entry("不满", "<"),
            Map.entry("不到", "<"),
            Map.entry("未满", "<"),
            Map.entry("=", ""),
            Map.entry("等于", ""));

    /** What stands behind a bound; ≶ and ≷ say nothing of the bound itself. */
    private static final Map<String, String> BEHIND = Map.ofEntries(
            Map.entry("及以上", "≥"),
            Map.entry("或以上", "≥"),
            Map.entry("以上", "≥"),
            Map.entry("+", "≥"),
            Map.entry("起", "≥"),
            Map.entry("开始", "≥"),
            Map.entry("及以下", "≤"),
            Map.entry("或以下", "≤"),
            Map.entry("以内", "≤"),
            Map.entry("之内", "≤"),
            Map.entry("止", "≤"),
            Map.entry("为止", "≤"),
            Map.entry("以下", "≶"),
            Map.entry("以前", "≶"),
            Map.entry("之前", "≶"),
            Map.entry("前", "≶"),
            Map.entry("后", "≷"),
            Map.entry("以后", "≷"),
            Map.entry("之后", "≷"));

    private static final Pattern INCLUDED = Pattern.compile("\\(含[^)]*\\)");
    private static final Pattern EXCLUDED = Pattern.compile("\\(不含[^)]*\\)");
    private static final String DASH = "(?:[-‐‑‒–—―−~〜∼至到]+|\\.\\.+)";
    private static final String COMPARES = "[<>≤≥≦≧⩽⩾]=?|=[<>]";
    private static final String LIST = "[、，,;；]|(?<=\\d)\\s+(?=\\d)|和|或(?!以|等于)|及(?!以)";
    private static final Pattern APART = Pattern.compile("[\\d０-９][\\s\\u3000]+[\\d０-９]");
    private static final Pattern COMPARED_NAME = Pattern.compile("[≥>≤<＞＜≧≦]=?(.+)|(.+?)(?:及|或)?以[上下]");
    private static final Pattern PERHAPS_THOUSANDS =
            Pattern.compile("(?:,|\\d\\s)\\s*\\d{3}(?!\\d)|[,，]\\s*[0０][\\d０-９]");
    private static final String AND = "(?:且|并且|和|与|而|但|,|;)?";
    private static final String OPEN = "(" + NUMBER_TOKEN + "|" + DATE + ")";
    private static final Pattern OPEN_ABOVE = Pattern.compile("([\\[(])?" + OPEN + "(?:" + DASH + "|,)");
    private static final Pattern OPEN_BELOW = Pattern.compile("(?:[~〜∼至到]+|\\.\\.+|,)" + OPEN + "([])])?");
    private static final Pattern BRACKETS = Pattern.compile("([\\[(])(.*?)(?:,|\\.\\.|~)(.*?)([])])");

    private static final String BOUND = "(" + either(BEFORE.keySet()) + ")?(%s)(" + either(BEHIND.keySet()) + ")?";
    private static final Pattern NOT_NAMED =
            Pattern.compile("(?:非[:：]?|不是|不等于|不为|不含|不包括|≠|<>|!=|！=)\\s*(.+)|除了?(.+?)(?:以外|之外|外)|(.+)(?:除外|以外|之外)");
    /** Not 非 alone: 非法集资 and 非物质文化遗产 are words. */
    private static final Pattern NOT_HELD =
            Pattern.compile("(?:不含|不包含|不包括|不得含|≠|<>|!=|！=)[:：]?\\s*(.+)|除了?(.+?)(?:以外|之外)");

    private static final Pattern LIMIT =
            Pattern.compile("(?:不超过|不得超过|至多|最多|≤|<=)?(\\d+(?:\\.\\d+)?|半)个?(\\D+?)(?:之内|以内|内)?");
    /** By the close of business of the day, or of the next working day when it is past. */
    private static final Set<String> SAME_DAY =
            Set.of("当日", "当天", "当日内", "当天内", "当日之内", "当天之内", "当日办结", "当天办结", "当日完成", "当天完成", "当个工作日", "当日下班前", "当天下班前");

    private static final Pattern FROM_TO =
            Pattern.compile("([^-‐‑‒–—―−~〜∼～至到]+)" + "[-‐‑‒–—―−~〜∼～至到]+" + "([^-‐‑‒–—―−~〜∼～至到]+)");
    private static final Pattern SEVERAL_DAYS = Pattern.compile("(" + DATE + ")" + "(?:[-‐‑‒–—―−~〜∼至到、,;]|\\.\\.)+"
            + "(?:(?:" + DATE + ")|\\d{1,2}(?:[月/.-]\\d{1,2})?[日号]?)(?:[、,;].*)?");
    private static final Pattern REMARK = Pattern.compile("([^(（,，;；]+)[(（,，;；](.+)", Pattern.DOTALL);
    private static final Pattern NEXT_DAY = Pattern.compile("(?:次日|第二天|隔天|翌日|明天|次个工作日|下一工作日|次工作日)(?:前|内|下班前|办结|完成)?");
    private static final Set<String> AT_ONCE =
            Set.of("立即", "立刻", "马上", "即时", "即刻", "随时", "实时", "尽快", "及时", "立即办理", "马上办理");
    private static final Pattern TIME =
            Pattern.compile("(上午|早上|早晨|凌晨|中午|下午|傍晚|晚上|晚)?(\\d{1,2})(?::|点|时)(?:(\\d{1,2})分?|(半))?");
    private static final Pattern HOUR_AND_MINUTE = Pattern.compile("(\\d{2})(\\d{2})");
    /** Two times of day with what lies between them: {@code 07:00至22:00}, {@code 7点-22点}. */
    private static final String HOURS =
            "(\\d{1,2})(?::(\\d{2})|[点时])(?:[-‐‑‒–—―−~〜∼至到]+|\\.\\.+)(\\d{1,2})(?::(\\d{2})|[点时])";

    private static final Pattern TWO_TIMES = Pattern.compile("[(]?(?:每天|每日)?" + HOURS + "[)]?");
    private static final Pattern LIMIT_WITHIN = Pattern.compile("(.+?)[,，、(]?(?:每天|每日)?" + HOURS + "[)]?");
    private static final Pattern NUMERALS = Pattern.compile("[零〇一二两三四五六七八九十百千万亿]{1,12}");
    private static final int LONGEST = 60;
    private static final int DECIMALS = 6;

    /** What joins two words and is part of none, but for a few that begin or end with it. */
    private static final Pattern OR = Pattern.compile("(?<![间偶]|或多)或(?![许然缺]|多或)者?是?|以及|抑或");
    /** What may as well be part of a word, or of a name, as 和 is of 呼和浩特. */
    private static final Pattern PERHAPS_OR =
            Pattern.compile("或者?是?|以及|抑或|[和及与跟/／+＋&＆]|\\s+(?:and|or)\\s+", Pattern.CASE_INSENSITIVE);

    private Wording() {}

    /**
     * How a condition reads in the form of cells.
     *
     * @param form the form, e.g. {@code "≥10"}
     * @param other what the words may mean as well, with the bound left out; null when there is no doubt
     */
    record Bounds(String form, @Nullable String other) {}

    /** Whether a text says that there is nothing to say. */
    static boolean isNothing(String text) {
        return NOTHING.contains(compact(text));
    }

    /** Whether a text stands for all that no other row names. */
    static boolean isTheRest(String text) {
        return THE_REST.contains(compact(text));
    }

    /** Whether a text says that what belongs here is not known yet. */
    static boolean isNotYetKnown(String text) {
        return NOT_YET_KNOWN.contains(compact(text));
    }

    /** Whether a text says of a yes or no that it may be either. */
    static boolean isEither(String text) {
        String compact = compact(text);
        return (NOTHING.contains(compact) && !PERHAPS_NO.contains(compact))
                || Set.of("是/否", "是或否", "是否", "是、否均可").contains(compact);
    }

    /** Bounds of a number that a column counts in its own unit, or of a date. */
    static @Nullable Bounds bounds(Attribute attribute, String typed) {
        if (APART.matcher(typed).find()) {
            return null; // 3 5 is not 35
        }
        String plain = withoutUnknown(typed.replaceFirst("[。；;]\\s*$", ""), attribute.chinese());
        return attribute.isDate()
                ? bounds(compact(plain), DATE, Wording::date)
                : bounds(figures(plain), NUMBER_TOKEN, token -> amount(token, attribute.header()));
    }

    /**
     * Bounds without the letter or the name of the column that people put between or before them: {@code >10且<30} for
     * {@code 10<x<30}; any other text as it is.
     */
    private static String withoutUnknown(String typed, String column) {
        String text = Grammar.normalised(typed).replaceAll("\\s+", "");
        String unknown = "(?:[a-z×]|" + Pattern.quote(Grammar.normalised(column)) + ")";
        Matcher between = Pattern.compile(
                        "(.*[^<>=≤≥≦≧⩽⩾])(" + COMPARES + ")" + unknown + "(" + COMPARES + ")([^<>=≤≥≦≧⩽⩾].*)")
                .matcher(text);
        if (between.matches()) {
            String turned = between.group(2)
                    .chars()
                    .mapToObj(sign -> String.valueOf("<>=≤≥≦≧⩽⩾".charAt("><=≥≤≧≦⩾⩽".indexOf(sign))))
                    .collect(Collectors.joining());
            return turned + between.group(1) + "且" + between.group(3) + between.group(4);
        }
        Matcher before = Pattern.compile(unknown + "((?:" + COMPARES + ").*)").matcher(text);
        return before.matches() ? before.group(1) : typed;
    }

    private static @Nullable Bounds bounds(String text, String token, Function<String, @Nullable String> form) {
        Bounds month = month(text);
        if (month != null) {
            return month;
        }
        Matcher brackets = BRACKETS.matcher(text);
        if (brackets.matches()) {
            return brackets(brackets, form);
        }
        boolean included = INCLUDED.matcher(text).find();
        boolean excluded = EXCLUDED.matcher(text).find();
        String plain = EXCLUDED.matcher(INCLUDED.matcher(text).replaceAll("")).replaceAll("");
        String bound = BOUND.formatted(token);
        Matcher one = Pattern.compile(bound).matcher(plain);
        if (one.matches()) {
            Side side = Side.of(one, 1, form, included, excluded);
            return side == null ? null : side.alone();
        }
        Matcher range = Pattern.compile("(" + token + ")" + DASH + "(" + token + ")(?:之间)?")
                .matcher(plain);
        // Which of two numbers 含 or 不含 is about only a person can tell.
        if (included || excluded) {
            return null;
        }
        if (range.matches()) {
            String from = form.apply(range.group(1));
            String to = form.apply(range.group(2));
            return from == null || to == null ? null : new Bounds(from + "~" + to, null);
        }
        Matcher two = Pattern.compile(bound + AND + bound).matcher(plain);
        if (two.matches()) {
            Side first = Side.of(two, 1, form, included, excluded);
            Side second = Side.of(two, 4, form, included, excluded);
            if (first != null && second != null && first.isLower() && second.isUpper()) {
                return first.with(second);
            }
            if (first != null && second != null && first.isUpper() && second.isLower()) {
                return second.with(first);
            }
        }
        return null;
    }

    /** One bound as it is written. */
    private record Side(String sign, String value) {
        static @Nullable Side of(
                Matcher bound, int group, Function<String, @Nullable String> form, boolean included, boolean excluded) {
            String value = form.apply(bound.group(group + 1));
            String before = bound.group(group);
            String behind = bound.group(group + 2);
            if (value == null || (before != null && behind != null)) {
                return null;
            }
            String sign = before != null
                    ? BEFORE.getOrDefault(before, "")
                    : behind == null ? "" : BEHIND.getOrDefault(behind, "");
            if (included && excluded) {
                return null;
            }
            if (included || excluded) {
                sign = switch (sign) {
                    case "≥", "≷" -> included ? "≥" : ">";
                    case "≤", "≶" -> included ? "≤" : "<";
                    default -> "";
                };
                if (sign.isEmpty()) {
                    return null; // what is said twice, or of an exact number, and not alike
                }
            }
            return new Side(sign, value);
        }

        boolean isLower() {
            return "≥>≷".contains(sign) && !sign.isEmpty();
        }

        boolean isUpper() {
            return "≤<≶".contains(sign) && !sign.isEmpty();
        }

        Bounds alone() {
            return switch (sign) {
                case "≷" -> new Bounds("≥" + value, ">" + value);
                case "≶" -> new Bounds("≤" + value, "<" + value);
                default -> new Bounds(sign + value, null);
            };
        }

        Bounds with(Side upper) {
            boolean doubt = sign.equals("≷") || upper.sign.equals("≶");
            boolean from = !sign.equals(">");
            boolean to = !upper.sign.equals("<");
            String form = range(from, value, upper.value, to);
            return new Bounds(
                    form,
                    doubt ? range(from && !sign.equals("≷"), value, upper.value, to && !upper.sign.equals("≶")) : null);
        }
    }

    /** A range in the form of cells. */
    static String range(boolean fromIncluded, String from, String to, boolean toIncluded) {
        return fromIncluded && toIncluded
                ? from + "~" + to
                : (fromIncluded ? "[" : "(") + from + ".." + to + (toIncluded ? "]" : ")");
    }

    /** Brackets as in mathematics, one side of which may be open. */
    private static @Nullable Bounds brackets(Matcher brackets, Function<String, @Nullable String> form) {
        boolean fromIncluded = brackets.group(1).equals("[");
        boolean toIncluded = brackets.group(4).equals("]");
        String low = brackets.group(2);
        String high = brackets.group(3);
        boolean open = low.isEmpty() || low.equals("-∞");
        boolean endless = high.isEmpty() || high.equals("∞") || high.equals("+∞");
        String from = open ? "" : form.apply(low);
        String to = endless ? "" : form.apply(high);
        if (from == null || to == null || (open && endless)) {
            return null;
        }
        if (endless) {
            return new Bounds((fromIncluded ? "≥" : ">") + from, null);
        }
        return open
                ? new Bounds((toIncluded ? "≤" : "<") + to, null)
                : new Bounds(range(fromIncluded, from, to, toIncluded), null);
    }

    private static @Nullable Bounds month(String text) {
        Matcher month = MONTH.matcher(text);
        if (!month.matches()) {
            return null;
        }
        try {
            YearMonth named = YearMonth.of(Integer.parseInt(month.group(1)), Integer.parseInt(month.group(2)));
            return new Bounds(named.atDay(1) + "~" + named.atEndOfMonth(), null);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The ranges of a text that lists several, e.g. {@code 1到3和7}; empty when one of them cannot be read. */
    static List<Bounds> ranges(Attribute attribute, String typed) {
        List<Bounds> ranges = ranges(attribute, typed, "、");
        // Whether a comma before three digits divides two numbers, or the thousands of one, only a person can tell.
        return ranges.isEmpty() && !PERHAPS_THOUSANDS.matcher(typed).find() ? ranges(attribute, typed, LIST) : ranges;
    }

    private static List<Bounds> ranges(Attribute attribute, String typed, String sign) {
        var ranges = new ArrayList<Bounds>();
        for (String part : typed.split(sign, -1)) {
            Bounds range = part.isBlank() ? null : bounds(attribute, part);
            if (range != null) {
                ranges.add(range);
            } else if (!part.isBlank()) {
                return List.of();
            }
        }
        return ranges;
    }

    /** A number with its unit, e.g. {@code 5人}, {@code 1,000}, {@code 二十}, {@code 80%}. */
    static @Nullable String number(String typed, String header) {
        String text = figures(typed);
        return amount(text.startsWith("+") ? text.substring(1) : text, header);
    }

    private static @Nullable String amount(String token, String header) {
        Matcher amount = AMOUNT.matcher(token);
        if (!amount.matches()) {
            return null;
        }
        BigDecimal number = new BigDecimal(amount.group(1).replace(",", ""));
        BigDecimal multiple = multiple(amount.group(2));
        BigDecimal unit = moneyUnit(header);
        boolean money = amount.group(3).equals("元");
        if ((money && unit == null) || (counts(header) && amount.group(3).equals("%"))) {
            return null;
        }
        number = number.multiply(multiple);
        if (unit != null && (money || !amount.group(2).isEmpty())) {
            number = number.divide(unit, DECIMALS + 1, RoundingMode.HALF_UP).stripTrailingZeros();
            if (number.scale() > DECIMALS) {
                return null;
            }
        }
        return plain(number);
    }

    private static String plain(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.setScale(Math.max(shortest.scale(), 0), RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    /** Whether a column counts something, or money: 150% of people are none. */
    static boolean hasNoPercentages(String header) {
        return counts(header) || moneyUnit(header) != null;
    }

    private static boolean counts(String header) {
        return header.contains("数") || header.contains("倍");
    }

    /** What one of a column's numbers is in yuan; null when it does not count money. */
    private static @Nullable BigDecimal moneyUnit(String header) {
        Matcher unit = Pattern.compile("[（(](" + MULTIPLE + "?)元[）)]").matcher(header);
        return unit.find() ? multiple(unit.group(1)) : null;
    }

    private static BigDecimal multiple(String signs) {
        BigDecimal product = BigDecimal.ONE;
        for (int i = 0; i < signs.length(); i++) {
            product = product.multiply(BigDecimal.valueOf(weight(signs.charAt(i))));
        }
        return product;
    }

    private static long weight(char sign) {
        return switch (sign) {
            case '十' -> 10;
            case '百' -> 100;
            case '千' -> 1_000;
            case '万' -> 10_000;
            default -> 100_000_000;
        };
    }

    /** A date, e.g. {@code 2027/1/1}, {@code 2027年1月1日}, {@code 20270101}. */
    static @Nullable String date(String typed) {
        String text = compact(typed);
        Matcher parts = DATE_PARTS.matcher(text);
        if (!text.matches(DATE) || !parts.matches()) {
            return null;
        }
        try {
            return LocalDate.of(
                            Integer.parseInt(parts.group(1)),
                            Integer.parseInt(parts.group(2)),
                            Integer.parseInt(parts.group(3)))
                    .toString();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A time of day, e.g. {@code 8:30}, {@code 下午5点半}, {@code 0830}. */
    static @Nullable String time(String typed) {
        String text = arabic(compact(typed));
        Matcher time = TIME.matcher(text);
        Matcher digits = HOUR_AND_MINUTE.matcher(text);
        int hour;
        int minute;
        if (time.matches()) {
            String part = time.group(1) == null ? "" : time.group(1);
            hour = Integer.parseInt(time.group(2));
            boolean night = List.of("凌晨", "晚上", "晚").contains(part);
            boolean morning = List.of("上午", "早上", "早晨", "凌晨").contains(part);
            if ((night && hour == 12) || (morning && hour > 12) || (night && !morning && hour < 5)) {
                return null; // midnight of which day, or no such time
            }
            boolean later = List.of("下午", "傍晚", "晚上", "晚").contains(part) || (part.equals("中午") && hour < 3);
            hour += later && hour < 12 ? 12 : 0;
            minute = time.group(4) != null ? 30 : time.group(3) == null ? 0 : Integer.parseInt(time.group(3));
        } else if (digits.matches()) {
            hour = Integer.parseInt(digits.group(1));
            minute = Integer.parseInt(digits.group(2));
        } else {
            return null;
        }
        return hour < 24 && minute < 60 ? LocalTime.of(hour, minute).toString() : null;
    }

    /**
     * The hours of each day that a text names and nothing else, e.g. {@code 07:00~22:00} for {@code 7点至22点}; null for any other
     * text.
     */
    static @Nullable String hours(String typed) {
        Matcher times = TWO_TIMES.matcher(compact(typed));
        return times.matches() ? hours(times, 1) : null;
    }

    private static @Nullable String hours(Matcher times, int group) {
        String from = hour(times.group(group), times.group(group + 1));
        String to = hour(times.group(group + 2), times.group(group + 3));
        return from == null || to == null ? null : from + "~" + to;
    }

    private static @Nullable String hour(String hour, @Nullable String minute) {
        int hours = Integer.parseInt(hour);
        int minutes = minute == null ? 0 : Integer.parseInt(minute);
        return hours > 24 || minutes > 59 || (hours == 24 && minutes > 0)
                ? null
                : String.format(Locale.ROOT, "%02d:%02d", hours, minutes);
    }

    /** What a range says of which one end only is written, e.g. {@code ≥3} for {@code 3~} and {@code [3..}; null for any other text. */
    static @Nullable String openRange(Attribute attribute, String typed) {
        String text = figures(typed);
        Matcher from = OPEN_ABOVE.matcher(text);
        Matcher to = OPEN_BELOW.matcher(text);
        boolean above = from.matches();
        if (!above && !to.matches()) {
            return null;
        }
        String number = above ? from.group(2) : to.group(1);
        String value = attribute.isDate() ? date(number) : amount(number, attribute.header());
        if (value == null) {
            return null;
        }
        String bracket = above ? from.group(1) : to.group(2);
        boolean excluded = bracket != null && (bracket.equals("(") || bracket.equals(")"));
        return (above ? excluded ? ">" : "≥" : excluded ? "<" : "≤") + value;
    }

    /** A limit, e.g. {@code 4个工作日内}, {@code 三日}, {@code 半小时}, {@code 24h}, {@code 2小时（7点至22点）}. */
    static @Nullable String limit(String typed) {
        String text = compact(typed);
        Matcher within = LIMIT_WITHIN.matcher(text);
        if (within.matches()) {
            String length = limit(within.group(1));
            String hours = hours(within, 2);
            Limit read = length == null || hours == null ? null : Limit.parse(length + " " + hours);
            return read == null ? null : read.label();
        }
        if (SAME_DAY.contains(text)) {
            return "0 " + LimitClock.WORKING_DAY.label();
        }
        Matcher limit = LIMIT.matcher(arabic(text));
        if (!limit.matches()) {
            return null;
        }
        boolean half = limit.group(1).equals("半");
        BigDecimal amount = half ? new BigDecimal("0.5") : new BigDecimal(limit.group(1));
        LimitClock clock;
        switch (limit.group(2)) {
            case "工作时", "工作小时" -> clock = LimitClock.WORKING_HOUR;
            case "工作日", "工作天" -> clock = LimitClock.WORKING_DAY;
            case "小时", "钟头", "h", "hr", "hrs", "hour", "hours" -> clock = LimitClock.HOUR;
            case "天", "日", "自然日", "日历日", "日历天", "d", "day", "days" -> clock = LimitClock.DAY;
            case "周", "星期", "礼拜" -> {
                clock = LimitClock.DAY;
                amount = amount.multiply(BigDecimal.valueOf(7));
            }
            case "分钟", "分", "min", "mins" -> clock = LimitClock.MINUTE;
            case "月" -> {
                if (!text.contains("个月")) {
                    return null; // 3月 is March
                }
                clock = LimitClock.MONTH;
            }
            default -> {
                return null;
            }
        }
        Limit read = Limit.parse(plain(amount) + " " + clock.label());
        return read == null ? null : read.label();
    }

    /** Whether a text wants something at once, which is no length of time. */
    static boolean isAtOnce(String typed) {
        return AT_ONCE.contains(compact(typed));
    }

    /** {@code 是} or {@code 否} for the signs and words that people use for them. */
    static @Nullable String yes(String typed) {
        String compact = compact(typed);
        return YES.contains(compact) ? "是" : NO.contains(compact) ? "否" : null;
    }

    /** The first and the last of a run of names, e.g. {@code 周一至周五}; null for any other text. */
    static @Nullable List<String> fromTo(String typed) {
        Matcher run = FROM_TO.matcher(typed.strip());
        return run.matches() ? List.of(run.group(1).strip(), run.group(2).strip()) : null;
    }

    /** The first of several days in one text, e.g. of {@code 2026/10/1-10/7}; null for any other text. */
    static @Nullable String firstOfSeveralDays(String typed) {
        Matcher days = SEVERAL_DAYS.matcher(compact(typed));
        return days.matches() ? date(days.group(1)) : null;
    }

    /** The month of a text such as {@code 2026-13-1}, which no year has; null for any other text. */
    static @Nullable Integer monthThereIsNot(String typed) {
        String text = compact(typed);
        Matcher parts = DATE_PARTS.matcher(text);
        if (!text.matches(DATE) || !parts.matches()) {
            return null;
        }
        int month = Integer.parseInt(parts.group(2));
        return month < 1 || month > 12 ? month : null;
    }

    /** A text that was typed with letters for digits, and characters of another meaning, as it was meant: 10 for 1O; else itself. */
    static String withoutLookalikes(String typed) {
        String text = typed.replace('曰', '日');
        return text.matches(".*\\d.*") ? text.replaceAll("[Oo〇○]", "0").replaceAll("[lI|]", "1") : text;
    }

    /** A limit with a remark in brackets or behind a comma, as the limit alone; null for any other text. */
    static @Nullable String limitBeforeRemark(String typed) {
        Matcher remark = REMARK.matcher(typed.strip());
        return remark.matches() ? limit(remark.group(1)) : null;
    }

    /** Whether a text is the next day, which may be a working day or not. */
    static boolean isNextDay(String typed) {
        return NEXT_DAY.matcher(compact(typed)).matches();
    }

    /** Whether a text is the form of the limit that ends with the working day, as people write it. */
    static boolean isSameDay(String typed) {
        return SAME_DAY.contains(compact(typed));
    }

    /** The names that a text excludes in its own way, e.g. {@code 非特急}, {@code 除特急外}; null when it excludes none. */
    static @Nullable String excluded(String typed) {
        Matcher not = NOT_NAMED.matcher(typed.strip());
        if (!not.matches()) {
            return null;
        }
        for (int group = 1; group <= not.groupCount(); group++) {
            String names = not.group(group);
            if (names != null) {
                boolean brackets = names.length() > 2 && names.matches("[（(].*[）)]");
                return (brackets ? names.substring(1, names.length() - 1) : names).strip();
            }
        }
        return null;
    }

    /** The word that a text must not hold as people say it, e.g. {@code 不含漏水}; null when it is a word like others. */
    static @Nullable String excludedWord(String typed) {
        Matcher not = NOT_HELD.matcher(typed.strip());
        if (!not.matches()) {
            return null;
        }
        return not.group(1) == null ? not.group(2).strip() : not.group(1).strip();
    }

    /** The name that a text puts above or below others, e.g. {@code 紧急以上}; null when it puts none. */
    static @Nullable String compared(String typed) {
        Matcher compared = COMPARED_NAME.matcher(typed.strip());
        return !compared.matches()
                ? null
                : compared.group(1) == null
                        ? compared.group(2)
                        : compared.group(1).strip();
    }

    /** A list of names taken apart at whatever people put between them, the parts that are empty left out. */
    static List<String> names(String typed, boolean words) {
        var names = new ArrayList<String>();
        for (String name : typed.split(words ? "[、，,;；/／|｜\\s]+|和|或|及|以及|与" : "[、，,;；/／|｜\\s]+", -1)) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        return names;
    }

    /**
     * The words that were written as one with 或 or 和 between them, e.g. 违建 and 拆违 of 违建或拆违.
     *
     * @param known whether a part is a word by itself, which it must be where what joins may be part of a word
     * @return empty when it is one word
     */
    static List<String> joined(String word, Predicate<String> known) {
        List<String> parts = parts(word, OR);
        if (!parts.isEmpty()) {
            return parts;
        }
        parts = parts(word, PERHAPS_OR);
        return parts.stream().allMatch(known) ? parts : List.of();
    }

    /** Whether a word has in it what joins words, or may do so. */
    static boolean mayBeJoined(String word) {
        return PERHAPS_OR.matcher(word).find();
    }

    /** The parts of a word between what joins them; empty when there is one, or one is no word by itself. */
    private static List<String> parts(String word, Pattern joint) {
        List<String> parts = Stream.of(joint.split(word, -1)).map(String::strip).toList();
        return parts.size() > 1 && parts.stream().allMatch(part -> part.codePointCount(0, part.length()) > 1)
                ? parts
                : List.of();
    }

    /** Numbers as digits. A full-width comma between two of them makes a list: 100，200 is not 100,200; 1，000 is no list. */
    private static String figures(String text) {
        boolean brackets = text.strip().matches("[\\[(［（].*");
        return arabic(compact(brackets ? text : LISTED.matcher(text).replaceAll("、")));
    }

    /**
     * The number of a text such as {@code 5起}: at least five, or five cases; null for any other text.
     */
    static @Nullable String casesOrMore(String typed) {
        Matcher cases = CASES.matcher(figures(typed));
        return cases.matches() ? cases.group(1) : null;
    }

    /** The day of a text such as {@code 1月1日}, which says no year; null for any other text. */
    static @Nullable MonthDay dayWithoutYear(String typed) {
        Matcher day = DAY_OF_YEAR.matcher(compact(typed));
        try {
            return day.matches() ? MonthDay.of(Integer.parseInt(day.group(1)), Integer.parseInt(day.group(2))) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The month of a text such as {@code 2027-02-30}, a day that it has not; null for any other text. */
    static @Nullable YearMonth monthWithoutDay(String typed) {
        String text = compact(typed);
        Matcher parts = DATE_PARTS.matcher(text);
        if (!text.matches(DATE) || !parts.matches() || date(typed) != null) {
            return null;
        }
        try {
            return YearMonth.of(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Half-width, in lower case, without any blanks; empty for a text that is too long to be any of this. */
    private static String compact(String text) {
        return text.length() > LONGEST ? "" : Grammar.normalised(text).replaceAll("[\\s\\u00A0]+", "");
    }

    /** Chinese numerals as digits: 二十五 is 25. */
    private static String arabic(String text) {
        return NUMERALS.matcher(text).replaceAll(found -> {
            boolean behindDigit = found.start() > 0 && Character.isDigit(text.charAt(found.start() - 1));
            return behindDigit ? found.group() : value(found.group());
        });
    }

    /** What numerals say; themselves when they can be said otherwise: 一百五 is 150 to some, 二〇 is read digit by digit. */
    private static String value(String numerals) {
        if (UNCLEAR.matcher(numerals).find()) {
            return numerals;
        }
        long total = 0;
        long section = 0;
        long digit = 0;
        for (int i = 0; i < numerals.length(); i++) {
            char sign = numerals.charAt(i);
            int at = "零一二三四五六七八九".indexOf(sign == '〇' ? '零' : sign == '两' ? '二' : sign);
            if (at >= 0) {
                digit = at;
            } else if (weight(sign) < 10_000) {
                section += Math.max(digit, digit == 0 && section > 0 ? 0 : 1) * weight(sign);
                digit = 0;
            } else {
                total += Math.max(section + digit, total == 0 ? 1 : 0) * weight(sign);
                section = 0;
                digit = 0;
            }
        }
        return String.valueOf(total + section + digit);
    }

    private static String either(Set<String> words) {
        return words.stream()
                .sorted((a, b) -> a.length() == b.length() ? a.compareTo(b) : b.length() - a.length())
                .map(Pattern::quote)
                .reduce((a, b) -> a + "|" + b)
                .orElseThrow();
    }
}
