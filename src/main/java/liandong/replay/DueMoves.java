package liandong.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liandong.calendar.CalendarEndedException;
import liandong.calendar.Limit;
import liandong.calendar.WorkingCalendar;
import liandong.journal.Archive;
import liandong.journal.DecisionQuery;
import liandong.journal.Entry;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which due times that were given move by another calendar (到期变动), e.g. once the holidays of a year have been announced.
 *
 * <p>Each due time is counted again from its start and its limit, both of which were answered beside it: neither the request
 * nor the policy it was decided by need be there any more. Only decisions count that nothing followed about the same
 * incident, and only due times that have not passed.
 */
public final class DueMoves {
    /** The member of an answer that says again what the next question needs. */
    private static final String NEXT = "next";

    private final WorkingCalendar calendar;
    private final Instant now;
    private final Map<String, Open> latest = new LinkedHashMap<>();

    /**
     * A due time that was given.
     *
     * @param stage the stage, or the member that has it
     * @param start what it counts from
     * @param provisional whether the answer said that it was provisional
     */
    private record Given(String stage, OffsetDateTime start, Limit limit, OffsetDateTime due, boolean provisional) {}

    /** The latest decision of an incident, with its due times. */
    private record Open(Entry entry, List<Given> dues) {}

    /**
     * A due time that moves.
     *
     * @param incident the incident
     * @param decision the id of its latest decision
     * @param stage the stage, or the member of the answer that has the due time
     * @param due when it was due
     * @param provisional whether the answer said that it was provisional
     * @param newDue when it is due by the other calendar; null when that does not reach so far
     * @param stillProvisional whether that is provisional too
     */
    public record Moved(
            String incident,
            String decision,
            String stage,
            OffsetDateTime due,
            boolean provisional,
            @Nullable OffsetDateTime newDue,
            boolean stillProvisional) {}

    private DueMoves(WorkingCalendar calendar, Instant now) {
        this.calendar = calendar;
        this.now = now;
    }

    /**
     * Goes through an archive.
     *
     * @param calendar the other calendar
     * @param now due times after it are open
     */
    public static DueMoves of(Archive archive, WorkingCalendar calendar, Instant now) {
        var moves = new DueMoves(calendar, now);
        JournalScan.oldestFirst(archive, DecisionQuery.ALL, 1)
                .run(null, moves::open, (entry, open) -> moves.take(open), cursor -> {}, () -> false);
        return moves;
    }

    /** How many decisions are open. */
    public int open() {
        return latest.size();
    }

    /** The due times that move, the earliest first. */
    public List<Moved> moved() {
        return latest.values().stream()
                .map(this::moved)
                .flatMap(Collection::stream)
                .sorted(Comparator.comparing(Moved::due, OffsetDateTime.timeLineOrder())
                        .thenComparing(Moved::incident)
                        .thenComparing(Moved::stage))
                .toList();
    }

    private void take(Open open) {
        String incident = open.entry().subject();
        if (open.entry().kind().isAboutIncident()) {
            latest.remove(incident);
            if (open.dues().stream().anyMatch(this::isOpen)) {
                latest.put(incident, open);
            }
        }
    }

    private boolean isOpen(Given given) {
        return given.due().toInstant().isAfter(now);
    }

    private Open open(Entry entry) {
        var given = new ArrayList<Given>();
        try {
            JsonNode answer = Json.read(entry.answer());
            OffsetDateTime decided = time(answer.path("decidedAt"));
            collect(answer, "", decided, given);
            handled(answer, Json.read(entry.request()), given);
        } catch (BadRequestException e) {
            return new Open(entry, List.of()); // journal verify tells of it
        }
        return new Open(entry, List.copyOf(given));
    }

    /** Everything that has a limit and a due time, wherever it stands but among what is ready for the next question. */
    private static void collect(JsonNode node, String member, @Nullable OffsetDateTime decided, List<Given> given) {
        if (node.isObject()) {
            add(node, member, decided, given);
            node.properties().stream()
                    .filter(each -> !each.getKey().equals(NEXT))
                    .forEach(each -> collect(each.getValue(), each.getKey(), decided, given));
        } else {
            node.forEach(each -> collect(each, member, decided, given));
        }
    }

    private static void add(JsonNode node, String member, @Nullable OffsetDateTime decided, List<Given> given) {
        OffsetDateTime due = time(node.path("due"));
        OffsetDateTime start = node.has("start") ? time(node.path("start")) : decided;
        Limit limit = Limit.parse(node.path("limit").stringValue(""));
        if (due != null && start != null && limit != null) {
            String name = node.path("name").stringValue(member);
            given.add(
                    new Given(name, start, limit, due, node.path("provisional").asBoolean(false)));
        }
    }

    /** The stages of a case that are not done and are due as they were assigned, neither extended nor paused. */
    private static void handled(JsonNode answer, JsonNode request, List<Given> given) {
        Set<String> open = new HashSet<>();
        answer.path("openStages").forEach(each -> open.add(key(each)));
        request.path("stages").forEach(stage -> {
            if (open.contains(key(stage))) {
                add(stage, "", time(request.path("assignedAt")), given);
            }
        });
    }

    private static String key(JsonNode stage) {
        OffsetDateTime due = time(stage.path("due"));
        return stage.path("name").stringValue("") + " " + (due == null ? "" : due.toInstant());
    }

    private static @Nullable OffsetDateTime time(JsonNode node) {
        try {
            return node.isString() ? OffsetDateTime.parse(node.stringValue()) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Counts the due times of a decision again, in their order: a stage that began when another was due begins then. */
    private List<Moved> moved(Open open) {
        var moved = new ArrayList<Moved>();
        var begins = new HashMap<Instant, OffsetDateTime>();
        for (Given given : open.dues()) {
            OffsetDateTime start = begins.getOrDefault(given.start().toInstant(), given.start());
            ZonedDateTime from = start.atZoneSameInstant(calendar.zone());
            OffsetDateTime newDue = null;
            boolean provisional = false;
            try {
                ZonedDateTime due = calendar.due(from, given.limit());
                newDue = due.toOffsetDateTime();
                provisional = !calendar.unannounced(from, given.limit(), due).isEmpty();
            } catch (CalendarEndedException e) {
                // that calendar does not reach so far, which is told
            }
            boolean moves = newDue == null || !newDue.isEqual(given.due());
            if (moves && newDue != null) {
                begins.put(given.due().toInstant(), newDue);
            }
            if (moves && isOpen(given)) {
                moved.add(new Moved(
                        open.entry().subject(),
                        open.entry().id(),
                        given.stage(),
                        given.due().atZoneSameInstant(calendar.zone()).toOffsetDateTime(),
                        given.provisional(),
                        newDue,
                        provisional));
            }
        }
        return moved;
    }
}
