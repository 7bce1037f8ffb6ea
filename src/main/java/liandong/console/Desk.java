package liandong.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import liandong.decision.Decision;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.decision.Handwork;
import liandong.decision.Handwork.Choice;
import liandong.decision.Handwork.Judged;
import liandong.decision.Handwork.Left;
import liandong.incident.Body;
import liandong.journal.Archive;
import liandong.journal.DecisionJson;
import liandong.journal.DecisionQuery;
import liandong.journal.Entry;
import liandong.journal.Journal;
import liandong.journal.Personal;
import liandong.journal.SearchTerms;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import liandong.wire.PendingResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The duty desk (研判台): what decisions left to a person and nobody has judged yet, and what becomes of what the person
 * finds. Safe for use by many threads.
 *
 * <p>All of it stands in the journal: a report is open while the last decision about it that its caller was given left it to a person, and settled by
 * the next. So it does not matter which process anybody sits at.
 */
@Component
class Desk {
    /** What nobody has judged for so long is found in the archive, and no longer waits. */
    private static final Duration OLDEST = Duration.ofDays(60);

    private static final int MOST = 500;
    private static final int MOST_PARTS = 6;

    /** How long somebody who has opened a report is taken to be at it. */
    private static final Duration AT_IT = Duration.ofMinutes(10);

    private final Supplier<Policy> policy;
    private final DecisionService service;
    private final Journal journal;
    private final Archive archive;
    private final Personal personal;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<String, Reader> readers = new ConcurrentHashMap<>();

    Desk(
            Supplier<Policy> policy,
            DecisionService service,
            Journal journal,
            Archive archive,
            Personal personal,
            Clock clock) {
        this.policy = policy;
        this.service = service;
        this.journal = journal;
        this.archive = archive;
        this.personal = personal;
        this.clock = clock;
    }

    /** Who has a report before them, since when. */
    record Reader(String name, Instant since) {}

    /**
     * A report that waits for a person.
     *
     * @param entry the decision that left it
     * @param left what that left
     * @param text the reporter's words, as far as they may be read here
     * @param late whether it should have been judged by now
     * @param reader who else has it before them; null for nobody
     */
    record Open(
            Entry entry,
            Left left,
            String text,
            boolean late,
            @Nullable Reader reader) {}

    /** What waits, the most urgent first, of equals the oldest: danger, then the urgency of the judging, then its due time. */
    List<Open> open(String viewer) {
        Instant now = clock.instant();
        return archive.left(now.minus(OLDEST), MOST).stream()
                .flatMap(entry -> {
                    Open open = open(entry, viewer);
                    return open == null ? Stream.of() : Stream.of(open);
                })
                .sorted(Comparator.comparing((Open each) -> !each.left().danger())
                        .thenComparing(each -> -each.left().rank())
                        .thenComparing(each -> each.left().due() == null
                                ? Instant.MAX
                                : each.left().due().toInstant())
                        .thenComparing(each -> each.entry().keptAt())
                        .thenComparing(each -> each.entry().no()))
                .toList();
    }

    /** A report as it waits; null when the decision leaves nothing to a person. */
    @Nullable
    Open open(Entry entry, String viewer) {
        Handwork handwork = entry.kind().handwork();
        if (handwork == null) {
            return null;
        }
        Left left = handwork.left(answer(entry), policy.get());
        if (left == null) {
            return null;
        }
        return new Open(
                entry,
                left,
                isReadable(entry) ? handwork.text(request(entry)) : "",
                left.due() != null && left.due().toInstant().isBefore(clock.instant()),
                reader(entry, viewer));
    }

    private @Nullable Reader reader(Entry entry, String viewer) {
        Reader reader = readers.get(entry.id());
        if (reader == null
                || reader.name().equals(viewer)
                || reader.since().plus(AT_IT).isBefore(clock.instant())) {
            return null;
        }
        return reader;
    }

    /** Says that somebody has a report before them. */
    void read(Entry entry, String viewer) {
        readers.values().removeIf(each -> each.since().plus(AT_IT).isBefore(clock.instant()));
        if (reader(entry, viewer) == null) {
            readers.put(entry.id(), new Reader(viewer, clock.instant()));
        }
    }

    /** The decision of an id as it was first given; null when there is none. */
    @Nullable
    Entry entry(String id) {
        List<Entry> given = archive.decision(id);
        return given.isEmpty() ? null : given.get(given.size() - 1);
    }

    /** What came after a decision that was left to a person; null while it is the last about its incident. */
    @Nullable
    Entry after(Entry entry) {
        Entry last = archive.lastAfter(entry);
        return last.no() == entry.no() ? null : last;
    }

    /** Whether the reporter's words can be read here; else they are masked, or encrypted and the key is elsewhere. */
    private boolean isReadable(Entry entry) {
        return personal.shown(entry, object(entry.request())) != null;
    }

    ObjectNode request(Entry entry) {
        return object(DecisionJson.request(entry, personal));
    }

    ObjectNode answer(Entry entry) {
        return object(personal.answer(entry));
    }

    private static ObjectNode object(String json) {
        try {
            return Json.read(json) instanceof ObjectNode object ? object : Json.object();
        } catch (BadRequestException e) {
            return Json.object(); // the store was tampered with; verification tells of that
        }
    }

    /**
     * What would come of what somebody found; nothing is kept.
     *
     * @throws BadRequestException if it cannot be so
     */
    List<DecisionRecord<?, ?>> preview(Entry entry, Choice choice) throws BadRequestException {
        return decided(entry, choice);
    }

    private List<DecisionRecord<?, ?>> decided(Entry entry, Choice choice) throws BadRequestException {
        Handwork handwork = entry.kind().handwork();
        if (handwork == null) {
            throw new IllegalStateException(entry.kind() + " leaves nothing to a person");
        }
        check(choice);
        if (!isReadable(entry)) {
            // What stands in their place would be read as the reporter's words.
            throw new BadRequestException(
                    true, List.of(Problem.of(Code.DESK_UNREADABLE, new FileRef(entry.subject()))));
        }
        ObjectNode asked = request(entry);
        asked.remove("now"); // it is decided for this moment
        ObjectNode options = Json.object();
        options.put("settles", entry.id());
        if (!choice.because().isBlank()) {
            options.put("because", choice.because().strip());
        }
        asked.set("options", options);
        var records = new ArrayList<DecisionRecord<?, ?>>();
        for (ObjectNode again : handwork.again(asked, choice, by(entry, handwork))) {
            records.add(decide(entry.kind(), again));
        }
        return records;
    }

    /** The body whose people judge it, if today's policy still knows it. */
    private String by(Entry entry, Handwork handwork) {
        Policy live = policy.get();
        Left left = handwork.left(answer(entry), live);
        return left == null || left.by().isEmpty() || live.vocabulary().find(Body.class, left.by()) == null
                ? ""
                : left.by();
    }

    private DecisionRecord<?, ?> decide(Decision<?, ?> kind, JsonNode request) throws BadRequestException {
        return service.decide(kind, request);
    }

    private static void check(Choice choice) throws BadRequestException {
        switch (choice.way()) {
            case CHOOSE -> need(!(choice.eventType() + choice.nature() + choice.lead()).isEmpty(), "eventType");
            case MERGE -> need(!choice.into().isEmpty(), "into");
            case SPLIT -> need(choice.parts().size() >= 2 && choice.parts().size() <= MOST_PARTS, "parts");
            default -> {
                // Nothing else has to be said.
            }
        }
    }

    private static void need(boolean there, String field) throws BadRequestException {
        if (!there) {
            throw new BadRequestException(
                    true, List.of(Problem.of(Code.DESK_INCOMPLETE, new FileRef(field), MOST_PARTS)));
        }
    }

    /**
     * Decides again by what somebody found, and keeps it under their name, for those who asked before them.
     *
     * @param seen the number of the entry that they saw as the last about its incident
     * @return what was decided
     * @throws BadRequestException if it cannot be so, or nothing would be decided by it
     * @throws RefusedException if somebody else was quicker
     */
    List<DecisionRecord<?, ?>> judge(Entry entry, long seen, Choice choice, String officer) throws BadRequestException {
        if (choice.because().isBlank()) {
            throw new BadRequestException(true, List.of(Problem.of(Code.BLANK_TEXT, new FileRef("because"))));
        }
        turn.lock();
        try {
            Entry last = archive.lastAfter(entry);
            if (last.no() != seen) {
                throw new RefusedException(Refusal.of(
                        HttpStatus.CONFLICT,
                        Problem.of(
                                Code.JUDGED_MEANWHILE,
                                new FileRef(entry.subject()),
                                last.caller().isBlank() ? "?" : last.caller(),
                                Times.minute(
                                        last.keptAt(), policy.get().calendar().zone()))));
            }
            List<DecisionRecord<?, ?>> records = decided(entry, choice);
            if (choice.way() != Handwork.Way.SPLIT) {
                for (DecisionRecord<?, ?> record : records) {
                    Left left = left(record);
                    if (left != null && left.undecided()) {
                        throw new BadRequestException(
                                true, List.of(Problem.of(Code.STILL_LEFT, new FileRef(entry.subject()))));
                    }
                }
            }
            Set<String> callers = readers(entry);
            var kept = new ArrayList<PendingResponse>();
            records.forEach(record -> kept.add(journal.keep(record, officer, callers)));
            kept.forEach(each -> each.receipt().await());
            readers.remove(entry.id());
            return records;
        } finally {
            turn.unlock();
        }
    }

    private static @Nullable Left left(DecisionRecord<?, ?> record) {
        Handwork handwork = record.decision().handwork();
        return handwork == null ? null : handwork.left(record.answer(), record.policy());
    }

    /** Those who may find a decision among their own. */
    private static Set<String> readers(Entry entry) {
        var readers = new TreeSet<String>();
        String mark = SearchTerms.caller("");
        entry.marks().stream()
                .filter(each -> each.startsWith(mark))
                .forEach(each -> readers.add(each.substring(mark.length())));
        return readers;
    }

    /** Rows that would have had the policy find by itself what persons found since some moment. */
    Handwork.Rows learned(Instant since) {
        List<Judged> judged = judged(since);
        return Decisions.all().stream()
                .map(Decision::handwork)
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElseThrow()
                .learned(policy.get(), judged);
    }

    private List<Judged> judged(Instant since) {
        List<Entry> entries = archive.newest(
                        new DecisionQuery(since, null, null, List.of(SearchTerms.JUDGED)), null, Archive.MOST)
                .entries();
        var judged = new ArrayList<Judged>();
        for (Entry entry : entries) {
            ObjectNode request = request(entry);
            JsonNode options = request.path("options");
            Entry before = entry(options.path("settles").stringValue(""));
            if (before != null && isReadable(entry)) {
                judged.add(new Judged(
                        request,
                        answer(before),
                        answer(entry),
                        "人工研判 " + entry.subject() + "，" + entry.caller() + "，"
                                + Times.minute(
                                        entry.keptAt(), policy.get().calendar().zone()) + "："
                                + options.path("because").stringValue("")));
            }
        }
        return judged;
    }

    /** The words of a report and, on a line of its own, the address that came beside them, which no decision reads. */
    static String withAddress(String words, JsonNode asked) {
        String address = asked.path("options").path("outside").path("address").stringValue("");
        return address.isEmpty() ? words : words.isEmpty() ? address : words + "\n" + address;
    }
}
