package liandong.incident;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All words a policy knows, by set, in the order of their sheet.
 *
 * <p>Immutable. A set is named by its Java type: {@code Body.class}, {@code EventType.class}…; enums are sets too.
 */
public final class Vocabulary {
    private static final Map<String, Class<? extends Term>> SHEETS = sheets();

    private final int format;
    private final Map<Class<? extends Term>, Set<String>> unread;
    private final Map<Class<? extends Term>, Map<String, Term>> byName;
    private final Map<Class<? extends Term>, List<Term>> terms;
    private final List<AreaOutline> outlines;

    private final Map<BodyKind, List<Body>> bodies = new EnumMap<>(BodyKind.class);
    private final Map<String, List<EventType>> generals = new HashMap<>();

    private Vocabulary(
            int format,
            Map<Class<? extends Term>, List<Term>> terms,
            Map<Class<? extends Term>, Set<String>> unread,
            List<AreaOutline> outlines) {
        this.format = format;
        this.outlines = outlines;
        this.unread = unread;
        this.terms = terms;
        this.byName = new LinkedHashMap<>();
        terms.forEach((set, words) -> byName.put(set, names(words)));
        for (Body body : all(Body.class)) {
            bodies.computeIfAbsent(body.kind(), kind -> new ArrayList<>()).add(body);
        }
        for (EventType type : all(EventType.class)) {
            if (type.general()) {
                generals.computeIfAbsent(type.topic().code(), topic -> new ArrayList<>())
                        .add(type);
            }
        }
    }

    /** A vocabulary of the first format without words, to be grown set by set. */
    public static Vocabulary empty() {
        return empty(1);
    }

    /**
     * A vocabulary without words, to be grown set by set.
     *
     * @param format the format of the policy whose words they will be; it says which words a row's status has
     */
    public static Vocabulary empty(int format) {
        return new Vocabulary(format, Map.of(), Map.of(), List.of());
    }

    /** The format of the policy whose words they are. */
    public int format() {
        return format;
    }

    /** This vocabulary and one more set; a set of the same type is replaced. */
    public Vocabulary with(Class<? extends Term> set, Collection<? extends Term> words) {
        var all = new LinkedHashMap<>(terms);
        all.put(set, List.copyOf(words));
        return new Vocabulary(format, Collections.unmodifiableMap(all), unread, outlines);
    }

    private static Map<String, Class<? extends Term>> sheets() {
        var sets = new LinkedHashMap<String, Class<? extends Term>>();
        sets.put("类别", Category.class);
        sets.put("小类", EventClass.class);
        sets.put("主题", Topic.class);
        sets.put("事项", EventType.class);
        sets.put("来源", Source.class);
        sets.put("诉求性质", Nature.class);
        sets.put("层级", Level.class);
        sets.put("区域", Area.class);
        sets.put("单位", Body.class);
        sets.put("等级", Severity.class);
        sets.put("紧急程度", Urgency.class);
        sets.put("退单理由", ReturnReason.class);
        sets.put("暂停事由", PauseGround.class);
        sets.put("凭证", GroundProof.class);
        return Collections.unmodifiableMap(sets);
    }

    /** The sheets of {@code vocabulary.xlsx} and their sets, in this order: a set may use the words of those before it. */
    public static Map<String, Class<? extends Term>> sheetsAndSets() {
        return SHEETS;
    }

    /** The sheet of {@code vocabulary.xlsx} that holds a set; null when the set has none. */
    public static @Nullable String sheet(Class<? extends Term> set) {
        for (Map.Entry<String, Class<? extends Term>> sheet : SHEETS.entrySet()) {
            if (sheet.getValue() == set) {
                return sheet.getKey();
            }
        }
        return null;
    }

    /**
     * This vocabulary, which knows that there are words that could not be read.
     *
     * @param names the names of a set that stand in rows with a fault; empty when the whole set could not be read
     */
    public Vocabulary unread(Class<? extends Term> set, Set<String> names) {
        var all = new LinkedHashMap<>(unread);
        all.put(set, Set.copyOf(names));
        return new Vocabulary(format, terms, Collections.unmodifiableMap(all), outlines);
    }

    /** Whether an unknown word of a set is, or may be, one that could not be read, of which enough has been told. */
    public boolean isUnread(Class<? extends Term> set, String word) {
        Set<String> names = unread.get(set);
        return names != null && (names.isEmpty() || names.contains(word));
    }

    /** The term of a set that has this code, label or other name; null when the set has none. */
    public <T extends Term> @Nullable T find(Class<T> set, String codeOrLabel) {
        T[] constants = set.getEnumConstants();
        if (constants == null) {
            return set.cast(byName.getOrDefault(set, Map.of()).get(codeOrLabel));
        }
        for (T constant : constants) {
            if (constant.label().equals(codeOrLabel)
                    || constant.code().equals(codeOrLabel)
                    || constant.aliases().contains(codeOrLabel)) {
                return constant;
            }
        }
        return null;
    }

    /** All terms of a set in their order; empty when the set is not known. */
    public <T extends Term> List<T> all(Class<T> set) {
        T[] constants = set.getEnumConstants();
        if (constants != null) {
            return List.of(constants);
        }
        return terms.getOrDefault(set, List.of()).stream().map(set::cast).toList();
    }

    /**
     * The body that answers for a territory, by the code or label of its area, as {@link Body#in} makes it.
     *
     * @return null when there is no such area, or no kind of body answers for areas of its level
     */
    public @Nullable Body territory(String codeOrLabel) {
        Area area = find(Area.class, codeOrLabel);
        if (area == null) {
            return null;
        }
        for (BodyKind kind : List.of(BodyKind.COMMUNITY, BodyKind.SUB_DISTRICT)) {
            if (area.level().code().equals(kind.name())) {
                return new Body(area.code(), area.label(), kind);
            }
        }
        return null;
    }

    /**
     * The narrowest known area in which the code of an unknown one lies: of a community its sub-district, else its district
     * (GB/T 2260, GB/T 10114: 6, 9 and 12 digits).
     *
     * @return null when the code is none of a community or sub-district, or lies in no known area
     */
    public @Nullable Area wider(String code) {
        if (!code.matches("\\d{9}(?:\\d{3})?")) {
            return null;
        }
        for (int digits = code.length() - 3; digits >= 6; digits -= 3) {
            Area area = find(Area.class, code.substring(0, digits));
            if (area != null) {
                return area;
            }
        }
        return null;
    }

    /** This vocabulary, which knows where areas lie on the map. */
    public Vocabulary with(List<AreaOutline> where) {
        return new Vocabulary(format, terms, unread, List.copyOf(where));
    }

    /**
     * The area a point lies in: the narrowest whose outline is around it; of several as narrow, the one that stands first.
     *
     * @return null when no outline is around it
     */
    public @Nullable Area at(GeoPoint point) {
        Area found = null;
        for (AreaOutline outline : outlines) {
            if ((found == null || depth(outline.area()) > depth(found)) && outline.contains(point)) {
                found = outline.area();
            }
        }
        return found;
    }

    private static int depth(Area area) {
        int depth = 0;
        for (Area around = area.parent(); around != null; around = around.parent()) {
            depth++;
        }
        return depth;
    }

    /** The area around all others; null when there is none, or several are. */
    public @Nullable Area widest() {
        List<Area> widest =
                all(Area.class).stream().filter(area -> area.parent() == null).toList();
        return widest.size() == 1 ? widest.get(0) : null;
    }

    /** The bodies of a kind in their order; empty when there is none. */
    public List<Body> bodies(BodyKind kind) {
        return bodies.getOrDefault(kind, List.of());
    }

    /** The general event types of a topic; empty when it has none. */
    public List<EventType> generals(Topic topic) {
        return generals.getOrDefault(topic.code(), List.of());
    }

    /** The sets that are not enums, in the order they were added. */
    public Collection<Class<? extends Term>> sets() {
        return terms.keySet();
    }

    /** The label of a set that a mistyped word probably was meant to be; null when that cannot be told. */
    public @Nullable String nearest(Class<? extends Term> set, String mistyped) {
        return nearest(all(set), mistyped);
    }

    /** The label that a mistyped word probably was meant to be; null when that cannot be told. */
    public static @Nullable String nearest(Collection<? extends Term> terms, String mistyped) {
        var labels = new LinkedHashMap<String, String>(); // by the name that may have been meant
        for (Term term : terms) {
            if (term.code().equalsIgnoreCase(mistyped)) {
                return term.label();
            }
            labels.put(term.label(), term.label());
            term.aliases().forEach(alias -> labels.putIfAbsent(alias, term.label()));
        }
        String name = Nearest.of(mistyped, labels.keySet());
        return name == null ? null : labels.get(name);
    }

    private static Map<String, Term> names(Collection<? extends Term> words) {
        var names = new LinkedHashMap<String, Term>();
        words.forEach(word -> names.putIfAbsent(word.label(), word));
        words.forEach(word -> names.putIfAbsent(word.code(), word));
        words.forEach(word -> word.aliases().forEach(alias -> names.putIfAbsent(alias, word)));
        return names;
    }
}
