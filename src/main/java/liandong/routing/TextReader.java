package liandong.routing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import liandong.explain.Story;
import liandong.incident.Body;
import liandong.incident.Category;
import liandong.incident.Danger;
import liandong.incident.EventType;
import liandong.incident.Matter;
import liandong.incident.Nature;
import liandong.policy.Policy;
import liandong.reading.Clauses;
import liandong.reading.Lexicon.Hit;
import liandong.reading.Likeness;
import liandong.reading.TextForm;
import liandong.routing.TextIndex.Half;
import liandong.routing.TextIndex.Use;
import liandong.table.Asks;
import liandong.table.Row;
import liandong.table.RowRef;
import liandong.table.Tables;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a report says (研读): danger first, then what is wanted, then what it is about.
 *
 * <p>Only finds evidence; rules judge by it. Belongs to one decision.
 */
@Asks({
    ReadingRow.class,
    SpellingRow.class,
    CueRow.class,
    ContextRow.class,
    NatureRow.class,
    DangerRow.class,
    ExampleRow.class,
    AnswerRow.class
})
public final class TextReader {
    /** Most candidates that are kept. */
    private static final int CANDIDATES = 8;
    /** How much all examples of a nature together count beside the nearest ones by themselves. */
    private static final double TOGETHER = 3;
    /** The points of an event type whose examples the text is altogether like. */
    private static final int FULL = 1000;
    /** What reports are often about, and what is no matter, has many examples: how much that counts. */
    static final double LEANING_TO_SIZE = 0.3;
    /** Fewer characters than these tell of no matter by themselves. */
    private static final int SHORTEST_PART = 4;
    /** Most examples that are named as reasons for danger. */
    private static final int EXAMPLES_NAMED = 3;
    /** Most sentences that are named because they tell of danger. */
    private static final int MOST_ALARMING = 2;
    /** So many places are looked at where another matter may begin: each is a text to read. */
    private static final int MOST_BEGINNINGS = 4;
    /** Fewer characters tell of no other matter: they say what was done. */
    private static final int LEAST_AFTERWARDS = 8;
    /** Fewer characters say nothing. */
    private static final int LEAST_SAID = 2;
    /** A share, in percent, that there cannot be. */
    private static final int NEVER = 101;

    private final TextIndex index;
    private final Tables tables;
    /** Of the one report that a decision is about; null until it has been read. */
    private @Nullable List<Reading> readings;
    /** Of the rows that count only sometimes, whether each does. */
    private final IdentityHashMap<Row, Boolean> applies = new IdentityHashMap<>();

    /** The reader of a policy's texts, on the day of its tables. */
    TextReader(TextIndex index, Tables tables) {
        this.index = index;
        this.tables = tables;
    }

    /**
     * Reads the text of a report.
     *
     * @return one reading; empty when the policy has no row of 研读门槛 that covers the report
     */
    public List<Reading> read(Matter matter) {
        if (readings == null) {
            readings = tables.match(ReadingRow.class, matter).stream()
                    .limit(1)
                    .map(threshold -> new Pass(matter, threshold).reading())
                    .toList();
        }
        return readings;
    }

    /**
     * What the text of a report that has been dispatched tells of danger.
     *
     * @return null when the policy does not read texts
     */
    public static @Nullable Danger danger(Policy policy, Instant now, Matter matter) {
        Tables tables = policy.tables(policy.day(now));
        if (!tables.has(ReadingRow.class)) {
            return null;
        }
        return new TextReader(TextIndex.of(policy), tables)
                .read(matter).stream().findFirst().map(Reading::danger).orElse(null);
    }

    /** The same matter with what its text tells of danger and of what the reporter wants. */
    public Matter told(Matter matter) {
        return read(matter).stream()
                .findFirst()
                .map(reading -> reading.told(matter))
                .orElse(matter);
    }

    /**
     * The parts of a report's text that may each tell of a matter of its own: cut where words say that another begins, and at
     * semicolons.
     *
     * @return in the reporter's words, without blanks around; the whole text when nothing cuts it
     */
    List<String> parts(Matter matter) {
        String text = matter.report().text();
        TextForm.Visible visible = TextForm.visible(text);
        String form = visible.form();
        var cuts = new TreeSet<Integer>();
        for (int i = 0; i < form.length(); i++) {
            if (form.charAt(i) == ';') {
                cuts.add(i + 1);
            }
        }
        for (Hit<Use> hit : index.words().find(form)) {
            for (Use use : hit.uses()) {
                if (use.row() instanceof ContextRow row
                        && row.effect() == ContextEffect.NEXT_MATTER
                        && row.begins(hit.start() == 0 || Clauses.endsAt(form, hit.start() - 1))
                        && applies(row, matter)) {
                    cuts.add(hit.start());
                }
            }
        }
        cuts.add(form.length());
        var parts = new ArrayList<String>();
        int from = 0;
        for (int cut : cuts) {
            int end = cut > from && form.charAt(cut - 1) == ';' ? cut - 1 : cut;
            String part =
                    text.substring(visible.place(from), visible.place(end)).strip();
            String read = spelt(part, index, row -> applies(row, matter));
            if (part.chars().filter(c -> TextForm.isWord((char) c)).count() >= SHORTEST_PART
                    && says(read, polite(read, matter), 0, read.length())) {
                parts.add(part);
            }
            from = cut;
        }
        return parts;
    }

    /** The words of a report's text that have a part in how it is read, by where they begin; none without a threshold. */
    List<Story.Mark> marks(Matter matter) {
        ReadingRow threshold = threshold(matter);
        return threshold == null ? List.of() : new Pass(matter, threshold).marks();
    }

    /** Where each character of a text as it is read begins and ends in the text as it was sent. */
    private static final class Places {
        private final int[] begins;
        private final int[] ends;

        private Places(int[] begins, int[] ends) {
            this.begins = begins;
            this.ends = ends;
        }

        /** What was sent of a stretch that is read; something, also of what was spelt longer than it was sent. */
        Span span(int from, int to) {
            return new Span(begins[from], Math.max(ends[to - 1], begins[from] + 1));
        }
    }

    /** A stretch of the text as it was sent. */
    private record Span(int from, int to) {}

    private Places places(Matter matter) {
        TextForm.Visible visible = TextForm.visible(matter.report().text());
        String form = visible.form();
        var places = new ArrayList<Integer>();
        int from = 0;
        for (Hit<SpellingRow> hit : index.spellings().find(form)) {
            SpellingRow row = hit.uses().get(0);
            if (hit.start() >= from && applies(row, matter)) {
                for (; from < hit.start(); from++) {
                    places.add(visible.place(from));
                }
                for (int i = 0; i < row.readAs().length(); i++) {
                    places.add(visible.place(hit.start()));
                }
                from = hit.end();
            }
        }
        for (; from <= form.length(); from++) {
            places.add(visible.place(from));
        }
        BitSet left = courtesies(spelt(matter), matter);
        int[] read = IntStream.range(0, places.size() - 1)
                .filter(place -> !left.get(place))
                .toArray();
        return new Places(
                IntStream.of(read).map(places::get).toArray(),
                IntStream.of(read).map(place -> places.get(place + 1)).toArray());
    }

    /** What is read of a report's text: in one spelling, without courtesies. */
    private String read(String spelt, Matter matter) {
        BitSet left = courtesies(spelt, matter);
        if (left.isEmpty()) {
            return spelt;
        }
        var read = new StringBuilder(spelt.length());
        for (int from = left.nextClearBit(0); from < spelt.length(); ) {
            int to = left.nextSetBit(from);
            int end = to < 0 ? spelt.length() : to;
            read.append(spelt, from, end);
            from = left.nextClearBit(end);
        }
        return read.toString();
    }

    /**
     * The places of the clauses that are nothing but courtesy, each with one of the marks around it: of these, the one that
     * divides more stays. None when nothing else is said.
     */
    private BitSet courtesies(String spelt, Matter matter) {
        var left = new BitSet();
        BitSet polite = polite(spelt, matter);
        if (polite.isEmpty() || !says(spelt, polite, 0, spelt.length())) {
            return left;
        }
        Clauses clauses = Clauses.of(spelt);
        int said = -1; // where the last clause that is read ends
        for (int i = 0; i < clauses.count(); i++) {
            int from = clauses.from(i);
            int to = clauses.to(i);
            if (says(spelt, polite, from, to)) {
                said = to;
            } else if (said >= 0 && to < spelt.length() && Clauses.endsSentence(spelt.charAt(to))) {
                left.set(said, to);
            } else {
                left.set(from, i + 1 < clauses.count() ? clauses.from(i + 1) : spelt.length());
            }
        }
        return left;
    }

    /** The places of words of courtesy. */
    private BitSet polite(String spelt, Matter matter) {
        var polite = new BitSet();
        for (Hit<ContextRow> hit : index.courtesies().find(spelt)) {
            if (hit.uses().stream().anyMatch(row -> applies(row, matter))) {
                polite.set(hit.start(), hit.end());
            }
        }
        return polite;
    }

    /** Whether a stretch of a text says something that is no courtesy. */
    private static boolean says(String spelt, BitSet polite, int from, int to) {
        return IntStream.range(from, to).anyMatch(place -> !polite.get(place) && TextForm.isWord(spelt.charAt(place)));
    }

    /** How much evidence a matter needs; null when no row of 研读门槛 covers it. */
    @Nullable
    ReadingRow threshold(Matter matter) {
        List<ReadingRow> rows = tables.match(ReadingRow.class, matter);
        return rows.isEmpty() ? null : rows.get(0);
    }

    /** The points that words alone give a matter's event types. */
    Map<EventType, Integer> pointsOfWords(Matter matter, ReadingRow threshold) {
        var pass = new Pass(matter, threshold, spelt(matter), Likeness.Compared.NOTHING, new int[0]);
        var rows = new LinkedHashMap<EventType, List<CueRow>>();
        for (CueRow row : pass.evidence()) {
            EventType type = row.eventType();
            if (type != null) {
                rows.computeIfAbsent(type, each -> new ArrayList<>()).add(row);
            }
        }
        var points = new HashMap<EventType, Integer>();
        rows.forEach((type, each) -> points.put(type, pass.ofWords(each)));
        return points;
    }

    /**
     * The points of an event type's examples.
     *
     * @param together how like all of them together a text is, 0–1
     * @param single how like the most like of them it is, 0–1
     * @param leaning how it leans to them: see {@link Likeness.Groups#leanings}
     */
    static int pointsOfExamples(double together, double single, double leaning, ReadingRow threshold) {
        Integer leaningWeighs = threshold.typeLeaning();
        return (int) Math.round(
                FULL * together + threshold.single() * single + (leaningWeighs == null ? 0 : leaningWeighs * leaning));
    }

    /** A text in the form it is read in: one spelling. */
    String spelt(Matter matter) {
        return spelt(matter.report().text(), index, row -> applies(row, matter));
    }

    /**
     * A text in the form it is read in.
     *
     * @param applies the spellings that count
     */
    static String spelt(String text, TextIndex index, Predicate<SpellingRow> applies) {
        String form = TextForm.visible(text).form();
        List<Hit<SpellingRow>> hits = index.spellings().find(form);
        if (hits.isEmpty()) {
            return form;
        }
        var spelt = new StringBuilder();
        int from = 0;
        for (Hit<SpellingRow> hit : hits) {
            SpellingRow row = hit.uses().get(0);
            if (hit.start() >= from && applies.test(row)) {
                spelt.append(form, from, hit.start()).append(TextForm.of(row.readAs()));
                from = hit.end();
            }
        }
        return spelt.append(form, from, form.length()).toString();
    }

    private boolean applies(Row row, Matter matter) {
        return !index.isConditional(row) || applies.computeIfAbsent(row, each -> tables.covers(each, matter));
    }

    /** Stretches of a text, to be asked which others lie within a longer one. */
    private static final class Stretches {
        /** By where they begin, the furthest end of those that begin there; then of those that begin there or before. */
        private final int[] furthest;

        private Stretches(int length, List<? extends Hit<?>> hits) {
            furthest = new int[length + 1];
            for (Hit<?> hit : hits) {
                furthest[hit.start()] = Math.max(furthest[hit.start()], hit.end());
            }
            for (int i = 1; i <= length; i++) {
                furthest[i] = Math.max(furthest[i], furthest[i - 1]);
            }
        }

        /** Whether a word lies within one of them that is longer. */
        boolean holdWithinLonger(Hit<?> hit) {
            return (hit.start() > 0 && furthest[hit.start() - 1] >= hit.end()) || furthest[hit.start()] > hit.end();
        }
    }

    /** One row's word in the text. */
    private record Word<R>(R row, Hit<Use> hit) {}

    /**
     * What the clauses of a text say one by one.
     *
     * @param quiet whether each is over or tells of nothing
     * @param matters those that plainly tell of a matter
     */
    private record Clausewise(boolean quiet, List<String> matters) {}

    /** What tells what a text is about, and the sentences that were left out of it. */
    private record Telling(Pass pass, List<String> asides) {}

    /** The reading of one text. */
    private final class Pass {
        private final Matter matter;
        private final ReadingRow threshold;
        private final String text;
        private final Clauses clauses;
        private Stretches unread = new Stretches(0, List.of());
        private final BitSet denied = new BitSet();
        private final Set<Integer> placeMarks = new LinkedHashSet<>();
        /** Where words say that another matter begins. */
        private final List<Integer> cuts = new ArrayList<>();
        /** The places of which words say that there is no danger. */
        private final BitSet lifted = new BitSet();
        /** Those of them of which words outside their clause say so. */
        private final BitSet liftedSentences = new BitSet();

        private final List<Word<CueRow>> cues = new ArrayList<>();
        private final List<Word<NatureRow>> natures = new ArrayList<>();
        private final IdentityHashMap<DangerRow, List<Word<Half>>> dangers = new IdentityHashMap<>();
        private final Likeness.Compared likeness;
        private final int[] nearest;
        private final List<RowRef> dangerous = new ArrayList<>();
        private final List<String> alarming = new ArrayList<>();
        /** The sentences that are looked at by themselves; null until they are asked for. */
        private @Nullable List<Pass> sentences;
        /**
         * What comes of comparing with every example, each made when it is first asked for: whether a part leads, is settled or
         * is over asks again and again.
         */
        private @Nullable List<Reading.Candidate> candidates;

        private Reading.@Nullable ReadNature nature;
        private boolean hasNature; // none may be found
        private @Nullable Integer dangerShare;

        private final Set<RowRef> elsewhere = new LinkedHashSet<>();

        Pass(Matter matter, ReadingRow threshold) {
            this(matter, threshold, read(spelt(matter), matter));
        }

        /** The reading of a text, or of a part of it. */
        private Pass(Matter matter, ReadingRow threshold, String text) {
            this(
                    matter,
                    threshold,
                    text,
                    text.isEmpty()
                            ? Likeness.Compared.NOTHING
                            : index.examples().compare(text));
        }

        private Pass(Matter matter, ReadingRow threshold, String text, Likeness.Compared likeness) {
            this(matter, threshold, text, likeness, Likeness.nearest(likeness, threshold.nearest()));
        }

        private Pass(Matter matter, ReadingRow threshold, String text, Likeness.Compared likeness, int[] nearest) {
            this.matter = matter;
            this.threshold = threshold;
            this.text = text;
            this.clauses = Clauses.of(text);
            this.likeness = likeness;
            this.nearest = nearest;
            find(index.words().find(text));
        }

        Reading reading() {
            int share = dangerShare();
            List<Reading.Alarm> alarms = alarms(share);
            Telling telling = telling();
            Pass told = telling.pass();
            Clausewise clausewise = told.mayBeFiled() ? told.clausewise() : new Clausewise(false, List.of());
            return new Reading(
                    matter,
                    text,
                    alarms,
                    asWritten(alarming),
                    asWritten(telling.asides()),
                    alarms.isEmpty() ? told.nature() : told.nature(true),
                    told.candidates(),
                    share,
                    isLifted(),
                    told.isUneventful(),
                    clausewise.quiet(),
                    clausewise.matters(),
                    told.isOneLead(),
                    List.copyOf(elsewhere),
                    threshold);
        }

        /** The words that have a part in the reading: those that say something, and those that changed what others say. */
        List<Story.Mark> marks() {
            Places places = places(matter);
            Set<CueRow> counted = Collections.newSetFromMap(new IdentityHashMap<>());
            counted.addAll(telling().pass().evidence());
            List<Hit<Use>> hits = index.words().find(text).stream()
                    .filter(hit -> !unread.holdWithinLonger(hit))
                    .toList();
            var marks = new ArrayList<Story.Mark>();
            for (Hit<Use> hit : hits) {
                for (Use use : hit.uses()) {
                    Story.Part part = applies(use.row(), matter) ? part(use, hit, counted, hits) : null;
                    if (part != null) {
                        RowRef ref = use.row().ref();
                        Span span = places.span(hit.start(), hit.end());
                        marks.add(new Story.Mark(span.from(), span.to(), part, ref.id(), ref.says()));
                    }
                }
            }
            return List.copyOf(marks);
        }

        /** What a word did for a row; null for nothing. */
        private Story.@Nullable Part part(Use use, Hit<Use> hit, Set<CueRow> counted, List<Hit<Use>> hits) {
            boolean isDenied = denied.get(hit.start());
            if (use.row() instanceof ContextRow row) {
                return hits.stream().anyMatch(other -> isChanged(other, row, hit)) ? Story.Part.CONTEXT : null;
            }
            if (use.row() instanceof CueRow row) {
                if (row.role() == CueRole.CONTEXT || placeMarks.contains(hit.end())) {
                    return Story.Part.CONTEXT;
                }
                if (isDenied) {
                    return Story.Part.NEGATED;
                }
                if (!counted.contains(row)) {
                    return null;
                }
                return row.role() == CueRole.DECIDES ? Story.Part.DECIDES : Story.Part.SUPPORTS;
            }
            if (use.row() instanceof DangerRow row) {
                if (isDenied || isLiftedAt(hit)) {
                    return use.half() == Half.WHAT ? Story.Part.NEGATED : null;
                }
                return tells(row, dangers.getOrDefault(row, List.of())) ? Story.Part.DANGER : null;
            }
            if (use.row() instanceof NatureRow) {
                return isDenied ? Story.Part.NEGATED : Story.Part.NATURE;
            }
            return null;
        }

        /** Whether a word of the context changed what another word says. */
        private boolean isChanged(Hit<Use> other, ContextRow row, Hit<Use> by) {
            boolean says = other.uses().stream()
                    .map(Use::row)
                    .anyMatch(each -> !(each instanceof ContextRow) && applies(each, matter));
            if (!says) {
                return false;
            }
            int clause = clauses.at(by.end());
            return switch (row.effect()) {
                case PLACE -> other.end() == by.start();
                case NEGATION -> {
                    Integer reach = row.reach();
                    int until = Math.min(clauses.to(clause), reach == null ? text.length() : by.end() + reach);
                    yield other.start() >= by.end() && other.start() < until;
                }
                case LIFTS_DANGER ->
                    lifts(row, by).get(other.start())
                            && other.uses().stream().anyMatch(each -> each.row() instanceof DangerRow);
                case ELSEWHERE, NEXT_MATTER -> true;
                case COURTESY -> false;
                case UNREAD -> other.start() >= by.start() && other.end() <= by.end();
            };
        }

        /** Sorts the words by the tables that look for them; what changes the meaning of others comes first. */
        private void find(List<Hit<Use>> hits) {
            unread = new Stretches(
                    text.length(), hits.stream().filter(this::isNotToBeRead).toList());
            for (Hit<Use> hit : hits) {
                for (Use use : hit.uses()) {
                    if (use.row() instanceof ContextRow row && !unread.holdWithinLonger(hit) && applies(row, matter)) {
                        note(row, hit);
                    }
                }
            }
            for (Hit<Use> hit : hits) {
                for (Use use : hit.uses()) {
                    if (use.row() instanceof ContextRow row
                            && row.effect() == ContextEffect.LIFTS_DANGER
                            && isMeant(hit)
                            && applies(row, matter)) {
                        BitSet places = lifts(row, hit);
                        lifted.or(places);
                        if (row.scope() != ContextScope.CLAUSE) {
                            liftedSentences.or(places);
                        }
                    }
                }
            }
            for (Hit<Use> hit : hits) {
                if (!isMeant(hit)) {
                    continue;
                }
                for (Use use : hit.uses()) {
                    if (use.row() instanceof CueRow row && !placeMarks.contains(hit.end()) && applies(row, matter)) {
                        cues.add(new Word<>(row, hit));
                    } else if (use.row() instanceof NatureRow row && applies(row, matter)) {
                        natures.add(new Word<>(row, hit));
                    } else if (use.row() instanceof DangerRow row && use.half() != null && applies(row, matter)) {
                        dangers.computeIfAbsent(row, each -> new ArrayList<>()).add(new Word<>(use.half(), hit));
                    }
                }
            }
        }

        private void note(ContextRow row, Hit<Use> hit) {
            switch (row.effect()) {
                case PLACE -> placeMarks.add(hit.start());
                case NEGATION -> {
                    int end = clauses.to(clauses.at(hit.end()));
                    Integer reach = row.reach();
                    int until = reach == null ? end : Math.min(end, hit.end() + reach);
                    if (until > hit.end()) {
                        denied.set(hit.end(), until);
                    }
                }
                case ELSEWHERE -> elsewhere.add(row.ref());
                case NEXT_MATTER -> {
                    if (row.begins(clauses.from(clauses.at(hit.start())) == hit.start())) {
                        cuts.add(hit.start());
                    }
                }
                case UNREAD, LIFTS_DANGER, COURTESY -> {}
            }
        }

        /** The places of which a word says that there is no danger. */
        private BitSet lifts(ContextRow row, Hit<Use> hit) {
            int clause = clauses.at(hit.start());
            int from = clauses.from(clause);
            int to = clauses.to(clause);
            if (row.scope() != ContextScope.CLAUSE) {
                from = cuts.stream().filter(cut -> cut <= hit.start()).reduce(0, Math::max);
            }
            if (row.scope() == ContextScope.TEXT) {
                to = cuts.stream().filter(cut -> cut > hit.start()).reduce(text.length(), Math::min);
            }
            var places = new BitSet();
            places.set(from, to);
            return places;
        }

        private boolean isNotToBeRead(Hit<Use> hit) {
            return hit.uses().stream()
                    .anyMatch(use -> use.row() instanceof ContextRow row
                            && row.effect() == ContextEffect.UNREAD
                            && applies(row, matter));
        }

        /** Whether a word is read, and not denied: one that begins within what is denied. */
        private boolean isMeant(Hit<Use> hit) {
            return !unread.holdWithinLonger(hit) && !denied.get(hit.start());
        }

        // Danger

        /** What tells of danger in the whole text, and in each sentence of it by itself, each row once; the gravest first. */
        private List<Reading.Alarm> alarms(int share) {
            var alarms = new ArrayList<Reading.Alarm>();
            alarm(share, threshold.relay(), isLifted() ? threshold.lifted() : threshold.danger(), alarms);
            if (threshold.sentenceRelay() != null && threshold.sentenceDanger() != null) {
                for (Pass sentence : sentences()) {
                    List<Reading.Alarm> own = alarmsOf(sentence);
                    alarms.addAll(own);
                    if (!own.isEmpty() && alarming.size() < MOST_ALARMING) {
                        alarming.add(sentence.text);
                    }
                }
            }
            alarms.sort(Comparator.comparing(Reading.Alarm::danger)
                    .thenComparing(alarm -> alarm.rows().get(0).id()));
            var told = new HashSet<Object>();
            alarms.removeIf(alarm -> !told.add(alarm.row() == null ? "examples" : alarm.row()));
            return List.copyOf(alarms);
        }

        /** The sentences, each once, read by themselves; none when there is but one. */
        private List<Pass> sentences() {
            if (sentences == null) {
                List<String> each = Clauses.sentences(text).stream().distinct().toList();
                sentences = each.size() < 2
                        ? List.of()
                        : each.stream()
                                .map(sentence -> new Pass(matter, threshold, sentence))
                                .toList();
            }
            return sentences;
        }

        /**
         * What tells what the text is about: the text without its asides, the sentences that by themselves plainly say nothing of
         * a matter, such as who the reporter is and what the weather was like, and thanks for another one; where the rest does
         * not plainly say more, the whole text.
         */
        private Telling telling() {
            Integer lead = threshold.asideLead();
            if (lead == null) {
                return new Telling(this, List.of());
            }
            Telling next = afterwards(lead);
            if (next != null) {
                return next;
            }
            List<Pass> thanks = sentences().stream()
                    .filter(sentence -> sentence.isSettled() && isSentence(sentence.text))
                    .toList();
            if (!thanks.isEmpty()) {
                Telling told = besides(thanks, lead);
                if (told != null) {
                    return told;
                }
            }
            var asides = new ArrayList<String>();
            var others = new ArrayList<String>();
            sentences().forEach(sentence -> (sentence.leads(false, lead) ? asides : others).add(sentence.text));
            if (others.isEmpty() || asides.isEmpty()) {
                return new Telling(this, List.of());
            }
            var rest = new Pass(matter, threshold, String.join("。", others));
            return rest.leads(true, lead) ? new Telling(rest, List.copyOf(asides)) : new Telling(this, List.of());
        }

        /**
         * What a text tells after thanks or after saying that there is nothing to report: these settle what stands before them.
         * After thanks only words that begin another matter do, as what is thanked for may stand behind a comma; null where nothing
         * plainly follows.
         */
        private @Nullable Telling afterwards(int lead) {
            EventType whole = first();
            if (whole == null || !(whole.isUneventful() || isSettled())) {
                return null;
            }
            var places = new TreeSet<Integer>(cuts);
            if (whole.isUneventful()) {
                for (Pass sentence : sentences()) {
                    places.add(text.indexOf(sentence.text));
                }
            }
            places.remove(0);
            return places.descendingSet().stream()
                    .limit(MOST_BEGINNINGS)
                    .map(place -> afterwards(place, lead))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }

        private @Nullable Telling afterwards(int place, int lead) {
            if (text.length() - place < LEAST_AFTERWARDS) {
                return null;
            }
            var rest = new Pass(matter, threshold, text.substring(place));
            EventType told = rest.decided(lead);
            if (told == null || told.isUneventful() || rest.isSettled()) {
                return null;
            }
            var before = new Pass(matter, threshold, text.substring(0, place));
            EventType settled = cuts.contains(place) ? before.first() : before.decided(lead);
            boolean isOver = cuts.contains(place)
                    ? settled == null || settled.isUneventful() || before.isSettled()
                    : settled != null && settled.isUneventful();
            return isOver ? new Telling(rest, List.of(before.text)) : null;
        }

        /** The event type that would be decided for by itself, leading by a percentage of its points; null for none. */
        private @Nullable EventType decided(int lead) {
            return leads(true, lead) && candidates().get(0).points() >= threshold.minimum() ? first() : null;
        }

        /**
         * What tells of a matter beside sentences that are settled by an answer, such as thanks for another matter; null where the
         * rest does not plainly tell of one, or it may be what they are about.
         */
        private @Nullable Telling besides(List<Pass> settled, int lead) {
            var left = new ArrayList<String>();
            var others = new ArrayList<String>();
            for (Pass sentence : sentences()) {
                (settled.contains(sentence) || sentence.leads(false, lead) ? left : others).add(sentence.text);
            }
            if (others.isEmpty()) {
                return null;
            }
            var rest = new Pass(matter, threshold, String.join("。", others));
            EventType type = rest.leads(true, lead) && !rest.isSettled() ? rest.first() : null;
            return type != null && settled.stream().allMatch(sentence -> sentence.isAboutAnother(type))
                    ? new Telling(rest, List.copyOf(left))
                    : null;
        }

        /** Whether a part of the text stands between full stops: thanks behind a comma are for what stands before it. */
        private boolean isSentence(String part) {
            int from = text.indexOf(part);
            int to = from + part.length();
            while (from > 0
                    && !TextForm.isWord(text.charAt(from - 1))
                    && !Clauses.endsSentence(text.charAt(from - 1))) {
                from--;
            }
            return (from <= 0 || Clauses.endsSentence(text.charAt(from - 1)))
                    && (to >= text.length() || Clauses.endsSentence(text.charAt(to)));
        }

        /**
         * What the clauses of a text that leads with nothing to do say by themselves. Only if each of them says by itself that
         * there is nothing to do, nothing is lost by filing it: one of which nobody can say what it tells of, or that another
         * calls over, may tell of a matter all the same.
         */
        private Clausewise clausewise() {
            var matters = new ArrayList<String>();
            boolean quiet = true;
            boolean summedUp = false; // by a clause further on that says that there was nothing
            for (int i = clauses.count() - 1; i >= 0; i--) {
                int from = clauses.from(i);
                int to = clauses.to(i);
                if (to - from < LEAST_SAID) {
                    continue;
                }
                var part = new Pass(matter, threshold, text.substring(from, to));
                EventType decided = part.decided(threshold.lead());
                quiet &= part.isUneventful() && part.dangerShare() < threshold.danger() && !part.decidesByWords();
                boolean isMatter =
                        decided != null && !decided.isUneventful() && !part.isSettled() && !liftedSentences.get(from);
                if (isMatter && (part.decidesByWords() || !summedUp) && !Reading.isBare(part.candidates(), threshold)) {
                    matters.add(part.text);
                }
                summedUp |= decided != null && decided.isUneventful();
                summedUp &= cuts.stream().noneMatch(cut -> cut >= from && cut < to);
            }
            Collections.reverse(matters);
            return new Clausewise(quiet, List.copyOf(matters));
        }

        /** Whether words that decide speak for a matter. */
        private boolean decidesByWords() {
            return evidence().stream()
                    .anyMatch(row -> row.role() == CueRole.DECIDES
                            && row.eventType() != null
                            && !row.eventType().isUneventful());
        }

        /** Whether a table may say that it is filed: it tells that there is nothing to report, or no more than thanks. */
        private boolean mayBeFiled() {
            EventType first = first();
            return first != null
                    && tables.has(FilingRow.class)
                    && (first.isUneventful() || (Reading.isBare(candidates(), threshold) && isSettled()));
        }

        /** Whether it needs nothing done: it tells that there is nothing to report, or of what is settled by an answer. */
        private boolean isUneventful() {
            EventType first = first();
            return first != null && (first.isUneventful() || isSettled());
        }

        /** Whether all event types that the first does not lead by enough are led by the same body as it is. */
        private boolean isOneLead() {
            List<Reading.Candidate> candidates = candidates();
            if (threshold.sameLead() == null || candidates.isEmpty() || Reading.lead(candidates) >= threshold.lead()) {
                return false;
            }
            int most = candidates.get(0).points();
            List<Set<Body>> leads = candidates.stream()
                    .filter(candidate -> (most - candidate.points()) * 100 < threshold.lead() * most)
                    .map(candidate -> leads(candidate.eventType()))
                    .distinct()
                    .toList();
            return leads.size() == 1 && leads.get(0).size() == 1;
        }

        /** Who leads by the duty catalogue; empty for nobody. */
        private Set<Body> leads(@Nullable EventType type) {
            return type == null
                    ? Set.of()
                    : tables.match(DutyRow.class, matter.classified(type)).stream()
                            .map(DutyRow::lead)
                            .filter(Objects::nonNull)
                            .collect(Collectors.toSet());
        }

        /** The event type that leads; null for no matter. */
        private @Nullable EventType first() {
            List<Reading.Candidate> candidates = candidates();
            return candidates.isEmpty() ? null : candidates.get(0).eventType();
        }

        /** Whether it needs nothing but the answer that 直办 has for its very event type, as thanks do. */
        private boolean isSettled() {
            Reading.ReadNature nature = nature();
            EventType type = first();
            if (nature == null || type == null) {
                return false;
            }
            Matter wanting = matter.wanting(nature.nature());
            return tables.match(AnswerRow.class, wanting).isEmpty()
                    && !tables.match(AnswerRow.class, wanting.classified(type)).isEmpty();
        }

        /** Whether it also tells of a matter, half as plainly as one that is decided by, and does not so tell of this one. */
        private boolean isAboutAnother(EventType type) {
            List<EventType> told = candidates().stream()
                    .skip(1)
                    .filter(candidate -> candidate.points() * 2 >= threshold.minimum())
                    .map(Reading.Candidate::eventType)
                    .filter(Objects::nonNull)
                    .toList();
            return !told.isEmpty() && !told.contains(type);
        }

        /** Whether an event type, or else no matter, leads by a percentage of its points. */
        private boolean leads(boolean aMatter, int lead) {
            List<Reading.Candidate> candidates = candidates();
            return !candidates.isEmpty()
                    && (candidates.get(0).eventType() != null) == aMatter
                    && Reading.lead(candidates) >= lead;
        }

        /** What tells of danger in a sentence by itself; what the whole text says of it, such as that it is a drill, it may not know. */
        private List<Reading.Alarm> alarmsOf(Pass sentence) {
            var alarms = new ArrayList<Reading.Alarm>();
            boolean isLifted = liftedSentences.get(text.indexOf(sentence.text));
            sentence.alarm(
                    sentence.dangerShare(),
                    isLifted ? NEVER : Objects.requireNonNull(threshold.sentenceRelay()),
                    isLifted || sentence.isLifted() ? NEVER : Objects.requireNonNull(threshold.sentenceDanger()),
                    alarms);
            return alarms;
        }

        /** Sentences of the text as they were written. */
        private List<String> asWritten(List<String> sentences) {
            if (sentences.isEmpty()) {
                return List.of();
            }
            String written = matter.report().text();
            Places places = places(matter);
            return sentences.stream()
                    .map(sentence -> {
                        int at = text.indexOf(sentence);
                        Span span = places.span(at, at + sentence.length());
                        return written.substring(span.from(), span.to()).strip();
                    })
                    .toList();
        }

        /**
         * Notes what tells of danger.
         *
         * @param share how much of the likeness to the nearest examples lies on dangerous ones, in percent
         * @param relay the share with which a row relays by itself
         * @param danger the share with which examples alone tell of danger
         */
        private void alarm(int share, int relay, int danger, List<Reading.Alarm> alarms) {
            dangers.forEach((row, words) -> {
                if (tells(row, words)) {
                    // A row that names no line to relay to still puts the report before a person.
                    boolean relays = share >= relay && !row.relayTo().isEmpty();
                    alarms.add(new Reading.Alarm(relays ? row.danger() : Danger.POSSIBLE, row, List.of(row.ref())));
                }
            });
            if (share >= danger && !dangerous.isEmpty()) {
                alarms.add(new Reading.Alarm(
                        Danger.POSSIBLE,
                        null,
                        dangerous.stream().limit(EXAMPLES_NAMED).toList()));
            }
        }

        private boolean isLifted() {
            return !lifted.isEmpty();
        }

        /** Whether a row's words stand together, and nothing lifts what they say. */
        private boolean tells(DangerRow row, List<Word<Half>> words) {
            // Of who or where, by clause: where the first one ends, and where the last one begins.
            var firstEnds = new HashMap<Integer, Integer>();
            var lastBegins = new HashMap<Integer, Integer>();
            for (Word<Half> who : words) {
                if (who.row() == Half.WHO) {
                    firstEnds.merge(stretch(row, who.hit()), who.hit().end(), Math::min);
                    lastBegins.merge(stretch(row, who.hit()), who.hit().start(), Math::max);
                }
            }
            return words.stream()
                    .filter(word -> word.row() == Half.WHAT && !isLiftedAt(word.hit()))
                    .anyMatch(what -> {
                        int stretch = stretch(row, what.hit());
                        return row.who().isEmpty()
                                || firstEnds.getOrDefault(stretch, Integer.MAX_VALUE)
                                        <= what.hit().start()
                                || lastBegins.getOrDefault(stretch, -1)
                                        >= what.hit().end();
                    });
        }

        /** The clause within which a row's words must stand together; the same everywhere when they may stand anywhere. */
        private int stretch(DangerRow row, Hit<Use> hit) {
            return row.scope() == TextScope.TEXT ? 0 : clauses.at(hit.start());
        }

        private boolean isLiftedAt(Hit<Use> hit) {
            return lifted.get(hit.start());
        }

        /** How much of the likeness to the nearest examples lies on dangerous ones, in percent; notes which these are. */
        private int dangerShare() {
            if (dangerShare == null) {
                dangerShare = shareOfDanger();
            }
            return dangerShare;
        }

        private int shareOfDanger() {
            double all = 0;
            double share = 0;
            for (int place : nearest) {
                ExampleRow row = index.examples().sentences().get(place);
                if (applies(row, matter)) {
                    double weight = likeness.to(place) * likeness.to(place);
                    all += weight;
                    if (row.danger() != Danger.NO) {
                        share += weight;
                        dangerous.add(row.ref());
                    }
                }
            }
            return all == 0 ? 0 : Math.max(0, Math.min(100, (int) (100 * share / all + leaningToDanger())));
        }

        /** What the percentage of danger gains, or loses, by how the text leans to dangerous examples. */
        private double leaningToDanger() {
            Integer weighs = threshold.dangerLeaning();
            int dangerous = index.dangers().keys().indexOf(true);
            return weighs == null || dangerous < 0
                    ? 0
                    : weighs * index.dangers().leanings(likeness, 0)[dangerous];
        }

        // Nature

        private Reading.@Nullable ReadNature nature() {
            if (!hasNature) {
                nature = nature(false);
                hasNature = true;
            }
            return nature;
        }

        /**
         * What the reporter wants.
         *
         * @param danger whether somebody may be in danger: whoever tells of that wants more than an answer, however it is asked
         */
        private Reading.@Nullable ReadNature nature(boolean danger) {
            Word<NatureRow> first = natures.stream()
                    .filter(this::isInPlace)
                    .filter(word -> !danger || !isAnswered(word.row().nature()))
                    .min(Comparator.comparing(word -> word.row().ref().row()))
                    .orElse(null);
            if (first != null) {
                return new Reading.ReadNature(
                        first.row().nature(), List.of(first.row().ref()));
            }
            return natureOfExamples(danger);
        }

        /** The nature that most examples like the text have: all of them together, and the nearest by themselves. */
        private Reading.@Nullable ReadNature natureOfExamples(boolean danger) {
            var votes = new HashMap<String, Double>();
            var like = new HashMap<String, ExampleRow>();
            double all = 0;
            for (int place : nearest) {
                ExampleRow row = index.examples().sentences().get(place);
                Nature nature = row.nature();
                if (nature != null && applies(row, matter)) {
                    double weight = likeness.to(place) * likeness.to(place);
                    votes.merge(nature.code(), weight, Double::sum);
                    like.putIfAbsent(nature.code(), row);
                    all += weight;
                }
            }
            List<Nature> natures = index.natures().keys();
            Likeness.Nearness together = index.natures().compare(likeness);
            Integer leaningWeighs = threshold.natureLeaning();
            double[] leanings = leaningWeighs == null
                    ? new double[natures.size()]
                    : index.natures().leanings(likeness, 0);
            double ofLeaning = leaningWeighs == null ? 0 : leaningWeighs / (double) FULL;
            double most = Double.NEGATIVE_INFINITY;
            ExampleRow best = null;
            for (int i = 0; i < natures.size(); i++) {
                String code = natures.get(i).code();
                double vote = TOGETHER * together.together(i)
                        + votes.getOrDefault(code, 0.0) / Math.max(all, Double.MIN_NORMAL)
                        + ofLeaning * leanings[i];
                if (vote > most && like.containsKey(code) && !(danger && isAnswered(natures.get(i)))) {
                    most = vote;
                    best = like.get(code);
                }
            }
            return best == null || best.nature() == null
                    ? null
                    : new Reading.ReadNature(best.nature(), List.of(best.ref()));
        }

        /** Whether 直办 answers a nature whatever it is about, as it does questions. */
        private boolean isAnswered(Nature nature) {
            return !tables.match(AnswerRow.class, matter.wanting(nature)).isEmpty();
        }

        private boolean isInPlace(Word<NatureRow> word) {
            return switch (word.row().place()) {
                case ANYWHERE -> true;
                case START -> word.hit().start() <= firstWord();
                case END -> word.hit().end() > lastWord();
            };
        }

        /** Where the first character stands that carries meaning; the end of the text when none does. */
        private int firstWord() {
            int at = 0;
            while (at < text.length() && !TextForm.isWord(text.charAt(at))) {
                at++;
            }
            return at;
        }

        private int lastWord() {
            int at = text.length() - 1;
            while (at >= 0 && !TextForm.isWord(text.charAt(at))) {
                at--;
            }
            return at;
        }

        // What it is about

        private List<Reading.Candidate> candidates() {
            if (candidates == null) {
                candidates = best();
            }
            return candidates;
        }

        private List<Reading.Candidate> best() {
            var words = new TreeMap<String, List<CueRow>>();
            for (CueRow row : evidence()) {
                EventType type = row.eventType();
                if (type != null) {
                    words.computeIfAbsent(type.code(), code -> new ArrayList<>())
                            .add(row);
                }
            }
            var best = new ArrayList<Reading.Candidate>(CANDIDATES + 1);
            Likeness.Groups<Optional<EventType>> types = index.types();
            Likeness.Nearness likeness = types.compare(this.likeness);
            double[] leanings = threshold.typeLeaning() == null
                    ? new double[types.keys().size()]
                    : types.leanings(this.likeness, LEANING_TO_SIZE);
            for (int i = 0; i < types.keys().size(); i++) {
                int nearest = likeness.nearest(i);
                if (nearest >= 0) {
                    EventType type = types.keys().get(i).orElse(null);
                    List<CueRow> rows = words.isEmpty() ? null : words.remove(code(type));
                    int points =
                            pointsOfExamples(likeness.together(i), this.likeness.to(nearest), leanings[i], threshold);
                    keep(best, type, points, rows == null ? List.of() : rows, nearest);
                }
            }
            words.values().forEach(rows -> keep(best, rows.get(0).eventType(), 0, rows, null));
            return List.copyOf(best);
        }

        /** Keeps a candidate when it is among the best so far: those of most points, then by code. */
        private void keep(
                List<Reading.Candidate> best,
                @Nullable EventType type,
                int ofExamples,
                List<CueRow> rows,
                @Nullable Integer nearest) {
            int points = ofExamples + ofWords(rows);
            Category category = matter.category();
            boolean other = category != null && type != null && !type.category().equals(category);
            boolean full = best.size() == CANDIDATES;
            if (points <= 0
                    || other
                    || (full && points < best.get(CANDIDATES - 1).points())) {
                return;
            }
            int at = best.size();
            while (at > 0 && isBefore(points, type, best.get(at - 1))) {
                at--;
            }
            best.add(at, candidate(type, points, rows, nearest));
            if (best.size() > CANDIDATES) {
                best.remove(CANDIDATES);
            }
        }

        private static boolean isBefore(int points, @Nullable EventType type, Reading.Candidate other) {
            return points > other.points()
                    || (points == other.points() && code(type).compareTo(code(other.eventType())) < 0);
        }

        /** The code of an event type; empty for no matter. */
        private static String code(@Nullable EventType type) {
            return type == null ? "" : type.code();
        }

        private int ofWords(List<CueRow> rows) {
            int points = 0;
            for (CueRow row : rows) {
                points += row.role() == CueRole.DECIDES ? threshold.decides() : threshold.supports();
            }
            return Math.min(points, threshold.wordsAtMost());
        }

        /** The rows whose words count, each once, the deciding ones first; a word within a longer one counts for nothing. */
        private List<CueRow> evidence() {
            var words =
                    new Stretches(text.length(), cues.stream().map(Word::hit).toList());
            var rows = Collections.<CueRow>newSetFromMap(new IdentityHashMap<>());
            for (Word<CueRow> word : cues) {
                if (word.row().role() != CueRole.CONTEXT
                        && !rows.contains(word.row())
                        && !words.holdWithinLonger(word.hit())
                        && isComplete(word)) {
                    rows.add(word.row());
                }
            }
            return rows.stream()
                    .sorted(Comparator.comparing(CueRow::role)
                            .thenComparing(row -> row.ref().id()))
                    .toList();
        }

        /** Whether what else a row wants of the clause is there, and what rules it out is not. */
        private boolean isComplete(Word<CueRow> word) {
            CueRow row = word.row();
            if (row.with().isEmpty() && row.unless().isEmpty()) {
                return true;
            }
            int clause = clauses.at(word.hit().start());
            int from = clauses.from(clause);
            String own = text.substring(from, clauses.to(clause));
            if (row.unless().stream().map(TextForm::of).anyMatch(own::contains)) {
                return false;
            }
            int start = word.hit().start() - from;
            int end = word.hit().end() - from;
            return row.with().isEmpty()
                    || row.with().stream()
                            .map(TextForm::of)
                            .anyMatch(other -> isNear(own, other, start, end, row.distance()));
        }

        private static boolean isNear(String clause, String other, int start, int end, @Nullable Integer distance) {
            for (int at = clause.indexOf(other); at >= 0; at = clause.indexOf(other, at + 1)) {
                int apart = at >= end ? at - end : start - at - other.length();
                if (apart >= 0 && (distance == null || apart <= distance)) {
                    return true;
                }
            }
            return false;
        }

        private Reading.Candidate candidate(
                @Nullable EventType type, int points, List<CueRow> rows, @Nullable Integer nearest) {
            return nearest == null
                    ? new Reading.Candidate(type, points, rows, null, 0)
                    : new Reading.Candidate(
                            type,
                            points,
                            rows,
                            index.examples().sentences().get(nearest),
                            Math.round(100 * likeness.to(nearest)));
        }
    }
}
