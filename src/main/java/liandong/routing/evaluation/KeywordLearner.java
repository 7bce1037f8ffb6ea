package liandong.routing.evaluation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import liandong.incident.EventType;
import liandong.table.Grammar;
import org.jspecify.annotations.Nullable;

/**
 * Finds words that tell event types apart, by counting in texts whose event types are known.
 *
 * <p>A word is a piece of two to six characters that stands beside different characters on both sides, in enough texts of
 * one event type, and so seldom in others that chance does not explain it. The same texts give the same words, in whatever
 * order they come.
 */
final class KeywordLearner {
    private static final int LEAST_SUPPORT = 3;
    private static final int TEXTS_FOR_ONE_MORE = 2_000;
    private static final int SHORTEST = 2;
    private static final int LONGEST = 6;
    private static final int EXAMPLES = 2;
    private static final int BESIDE = 6;
    /** One-sided confidence of 95 % and of 97.7 %, in standard deviations. */
    private static final double SURE = 1.645;

    private static final double NO_CHANCE = 2;
    /** A piece that has the same neighbour more often than this is part of a longer word. */
    private static final double SAME_NEIGHBOUR = 0.8;

    /** Numbers are left out: they are of places and persons. */
    private static final Pattern RUN = Pattern.compile("[\\p{IsHan}a-z]+");

    private static final Pattern NUMBER = Pattern.compile("[\\d０-９][\\d０-９-]+");

    /** From which share of its texts on, as far as these are enough to tell, how many points a word has. */
    private static final double[] SHARES = {0.90, 0.80, 0.65, 0.55, 0.35};

    private static final int[] POINTS = {50, 40, 30, 20, 10};

    private final @Nullable Integer wanted;
    private final int most;

    /**
     * A learner.
     *
     * @param support in how many texts of one event type a word must stand; null for three, and one more for every two
     *     thousand texts
     * @param most how many words an event type gets at most
     */
    KeywordLearner(@Nullable Integer support, int most) {
        this.wanted = support;
        this.most = most;
    }

    /** A text, as words are looked for in it. */
    private record Prepared(EventType type, String text, String compared, List<String> runs, int row) {}

    /** A piece of text, and in how many texts of each event type it stands. */
    private record Piece(String word, Map<String, Integer> byType) {
        int in(String type) {
            return byType.getOrDefault(type, 0);
        }

        int all() {
            return byType.values().stream().mapToInt(Integer::intValue).sum();
        }

        int most() {
            return byType.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        }
    }

    /** The words of some texts, by event type in the order of their codes, most points first. */
    List<Keyword> learn(Collection<TypedText> texts) {
        List<Prepared> prepared = prepared(texts);
        int support = wanted == null ? LEAST_SUPPORT + prepared.size() / TEXTS_FOR_ONE_MORE : wanted;
        Map<String, Integer> sizes = new TreeMap<>();
        Map<String, EventType> types = new HashMap<>();
        for (Prepared each : prepared) {
            sizes.merge(each.type.code(), 1, Integer::sum);
            types.put(each.type.code(), each.type);
        }
        Map<String, Keyword> found = new LinkedHashMap<>();
        for (Piece piece : pieces(prepared, support)) {
            Keyword keyword = judged(piece, sizes, types, prepared.size(), support);
            if (keyword != null) {
                found.put(keyword.word(), keyword);
            }
        }
        found.keySet().removeAll(parts(found.keySet(), prepared));
        List<Keyword> kept = found.values().stream()
                .filter(word -> !saysNoMore(word, found))
                .sorted(Comparator.comparing((Keyword word) -> word.type().code())
                        .thenComparing(word -> -word.points())
                        .thenComparing(word -> -word.own())
                        .thenComparing(Keyword::word))
                .toList();
        Map<String, Integer> given = new HashMap<>();
        return kept.stream()
                .filter(word -> given.merge(word.type().code(), 1, Integer::sum) <= most)
                .map(word -> withExamples(word, prepared))
                .toList();
    }

    /** The texts in the order of their rows; of texts of one event type that are the same, the first alone. */
    private static List<Prepared> prepared(Collection<TypedText> texts) {
        Set<String> seen = new HashSet<>();
        return texts.stream()
                .sorted(Comparator.comparingInt(TypedText::row))
                .map(each -> {
                    String text = Grammar.normalised(each.text());
                    List<String> runs =
                            RUN.matcher(text).results().map(run -> run.group()).toList();
                    return new Prepared(each.type(), each.text(), text, runs, each.row());
                })
                .filter(each -> seen.add(each.type.code() + " " + each.compared))
                .toList();
    }

    /** The pieces that stand in enough texts of one event type: a longer one only if its parts do. */
    private List<Piece> pieces(List<Prepared> texts, int support) {
        var all = new ArrayList<Piece>();
        Set<String> shorter = Set.of();
        for (int length = SHORTEST; length <= LONGEST; length++) {
            Map<String, Map<String, Integer>> counted = new HashMap<>();
            for (Prepared each : texts) {
                for (String piece : piecesOf(each, length, shorter)) {
                    counted.computeIfAbsent(piece, word -> new TreeMap<>()).merge(each.type.code(), 1, Integer::sum);
                }
            }
            List<Piece> enough = counted.entrySet().stream()
                    .map(entry -> new Piece(entry.getKey(), entry.getValue()))
                    .filter(piece -> piece.most() >= support)
                    .sorted(Comparator.comparing(Piece::word))
                    .toList();
            all.addAll(enough);
            shorter = new HashSet<>(enough.stream().map(Piece::word).toList());
        }
        return all;
    }

    private static Set<String> piecesOf(Prepared text, int length, Set<String> shorter) {
        Set<String> pieces = new HashSet<>();
        for (String run : text.runs) {
            for (int at = 0; at + length <= run.length(); at++) {
                String piece = run.substring(at, at + length);
                if (length == SHORTEST
                        || (shorter.contains(piece.substring(1)) && shorter.contains(piece.substring(0, length - 1)))) {
                    pieces.add(piece);
                }
            }
        }
        return pieces;
    }

    /** What a piece speaks for; null when it tells nothing apart. */
    private @Nullable Keyword judged(
            Piece piece, Map<String, Integer> sizes, Map<String, EventType> types, int texts, int support) {
        String type = piece.byType.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse("");
        EventType of = types.get(type);
        int own = piece.in(type);
        int others = piece.all() - own;
        int size = sizes.getOrDefault(type, 0);
        int points = points(lowest(own, own + others));
        if (of == null || points == 0 || texts - size < support || odds(own, size, others, texts - size) < NO_CHANCE) {
            return null;
        }
        return new Keyword(piece.word, of, points, own, others, List.of());
    }

    private static int points(double share) {
        for (int step = 0; step < SHARES.length; step++) {
            if (share >= SHARES[step]) {
                return POINTS[step];
            }
        }
        return 0;
    }

    /** The least share that so many of so many are likely to be of ever more (the lower end of Wilson's interval). */
    private static double lowest(int count, int of) {
        double share = (double) count / of;
        double square = SURE * SURE;
        double middle = share + square / (2 * of);
        double margin = SURE * Math.sqrt((share * (1 - share) + square / (4 * of)) / of);
        return (middle - margin) / (1 + square / of);
    }

    /** The logarithm of the ratio of two odds, in its own standard deviations. */
    private static double odds(int own, int size, int others, int rest) {
        double in = own + 0.5;
        double without = size - own + 0.5;
        double inOthers = others + 0.5;
        double withoutOthers = rest - others + 0.5;
        double ratio = Math.log(in / without) - Math.log(inOthers / withoutOthers);
        return ratio / Math.sqrt(1 / in + 1 / without + 1 / inOthers + 1 / withoutOthers);
    }

    /** The pieces that are mostly part of one longer word: nearly always the same character stands beside them. */
    private static Set<String> parts(Set<String> pieces, List<Prepared> texts) {
        Map<String, Map<String, Integer>> beside = new HashMap<>();
        for (Prepared each : texts) {
            for (String run : each.runs) {
                for (int from = 0; from < run.length(); from++) {
                    for (int to = from + SHORTEST; to <= Math.min(run.length(), from + LONGEST); to++) {
                        String piece = run.substring(from, to);
                        if (pieces.contains(piece)) {
                            Map<String, Integer> counts = beside.computeIfAbsent(piece, word -> new HashMap<>());
                            counts.merge("", 1, Integer::sum);
                            if (from > 0) {
                                counts.merge(run.charAt(from - 1) + "<", 1, Integer::sum);
                            }
                            if (to < run.length()) {
                                counts.merge(">" + run.charAt(to), 1, Integer::sum);
                            }
                        }
                    }
                }
            }
        }
        Set<String> parts = new HashSet<>();
        beside.forEach((piece, counts) -> {
            int all = counts.getOrDefault("", 0);
            counts.forEach((neighbour, count) -> {
                if (!neighbour.isEmpty() && count > SAME_NEIGHBOUR * all && isPart(piece, neighbour, pieces)) {
                    parts.add(piece);
                }
            });
        });
        return parts;
    }

    /** Whether a longer word stands for a piece: one that was found; of a phrase longer than any word, its beginning. */
    private static boolean isPart(String piece, String neighbour, Set<String> pieces) {
        boolean before = neighbour.endsWith("<");
        String longer = before ? neighbour.charAt(0) + piece : piece + neighbour.charAt(1);
        return piece.length() == LONGEST ? before : pieces.contains(longer);
    }

    /** Whether a shorter word within it speaks for the same event type at least as much. */
    private static boolean saysNoMore(Keyword word, Map<String, Keyword> found) {
        String text = word.word();
        for (int from = 0; from < text.length(); from++) {
            for (int to = from + SHORTEST; to <= text.length(); to++) {
                Keyword within = to - from == text.length() ? null : found.get(text.substring(from, to));
                if (within != null && within.type().equals(word.type()) && within.points() >= word.points()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Keyword withExamples(Keyword word, List<Prepared> texts) {
        List<Keyword.Example> examples = texts.stream()
                .filter(each ->
                        each.type.equals(word.type()) && each.runs.stream().anyMatch(run -> run.contains(word.word())))
                .limit(EXAMPLES)
                .map(each -> new Keyword.Example(each.row, excerpt(each, word.word())))
                .toList();
        return new Keyword(word.word(), word.type(), word.points(), word.own(), word.others(), examples);
    }

    /** A word with what is right beside it, without numbers: a policy is no place for somebody's telephone number. */
    private static String excerpt(Prepared prepared, String word) {
        String text = prepared.text;
        int at = prepared.compared.indexOf(word); // as long as the text itself
        int from = Math.max(0, at - BESIDE);
        int to = Math.min(text.length(), at + word.length() + BESIDE);
        String excerpt =
                text.substring(from, to).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return (from > 0 ? "…" : "") + NUMBER.matcher(excerpt).replaceAll("＊") + (to < text.length() ? "…" : "");
    }
}
