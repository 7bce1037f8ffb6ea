package liandong.journal;

import java.time.Instant;
import java.util.List;
import liandong.decision.AnswerWarning;
import liandong.decision.Decision;
import liandong.incident.Member;
import liandong.journal.Archive.Found;
import liandong.journal.Archive.Told;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Kept decisions as JSON. */
public final class DecisionJson {
    /** Everything that was decided of an incident. */
    public record Trail(
            @Member(meaning = "the incident's id, as it was sent", example = "\"SC-2026-000123\"")
            String incidentId,

            @Member(meaning = "true when it has had more decisions after those that are listed here") @Nullable
            Boolean truncated,

            @Member(
                    meaning = "the cursor of what comes after them; absent when nothing does",
                    example = "\"MTc2OTE0MDgwMDAwMC40Mg\"")
            @Nullable
            String next,

            @Member(
                    meaning =
                            "what a reader of the decisions listed should know: that another text, or another time of the report, was"
                                    + " sent under the same id, or the same asked again",
                    leftOutWhenEmpty = true)
            List<AnswerWarning> warnings,

            @Member(meaning = "its decisions, the oldest first; never empty")
            List<Whole> decisions) {}

    private DecisionJson() {}

    /** What a list tells of a decision. */
    public record Brief(
            @Member(meaning = "the decision's id (UUIDv7)", example = "\"019e2f3c-1a00-7b0e-9f3c-2d1e4f5a6b7c\"")
            String decisionId,

            @Member(meaning = "which decision it is") Decision<?, ?> kind,
            @Member(meaning = "when it was kept") Instant keptAt,

            @Member(meaning = "the incident's id; of a period, its bodies", example = "\"SC-2026-000123\"")
            String incidentId,

            @Member(meaning = "how it ended", example = "\"ASSIGNED\"")
            String outcome,

            @Member(
                    meaning = "the version of the policy it was decided by",
                    example = "\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"")
            String policy,

            @Member(meaning = "who asked", example = "\"hotline\"")
            String caller,

            @Member(meaning = "codes of the rules among its reasons", example = "\"RTE-040\"")
            List<String> rule,

            @Member(meaning = "ids of the rows among its reasons", example = "\"DUTY-0086\"")
            List<String> row,

            @Member(
                    meaning = "codes and labels of the bodies that the answer names",
                    example = "[\"URBAN_MANAGEMENT\", \"区城管局\"]")
            List<String> body,

            @Member(
                    meaning = "codes and labels of the event types that the answer names, or else the request",
                    example = "[\"NEIGHBOUR_DISPUTE\", \"邻里纠纷\"]")
            List<String> eventType) {

        /** What a list tells of a decision. */
        public static Brief of(Entry entry) {
            return new Brief(
                    entry.id(),
                    entry.kind(),
                    entry.keptAt(),
                    entry.subject(),
                    entry.outcome(),
                    entry.policy(),
                    entry.caller(),
                    marked(entry, "rule"),
                    marked(entry, "row"),
                    marked(entry, "body"),
                    marked(entry, "eventType"));
        }
    }

    /** All of a decision: what was asked, and the answer byte for byte. */
    public record Whole(
            @Member(meaning = "what a list tells of it", flattened = true)
            Brief brief,

            @Member(
                    meaning =
                            "what was done to personal fields; encrypted ones are shown where the service has the key. What"
                                    + " the answer says in its own words, with the rows that applied, still tells what a"
                                    + " hidden text was about")
            Personal.How personal,

            @Member(meaning = "what was asked, with the moment it was decided for in now")
            JsonNode request,

            @Member(meaning = "what was answered, byte for byte but for what it quoted of hidden fields")
            JsonNode answer,

            @Member(meaning = "every time it was given; only where one decision is asked for") @Nullable
            List<Given> given) {

        /** The same with every time that it was given. */
        public Whole given(List<Entry> entries) {
            return new Whole(
                    brief,
                    personal,
                    request,
                    answer,
                    entries.stream()
                            .map(entry -> new Given(entry.keptAt(), entry.caller()))
                            .toList());
        }
    }

    /** A time that a decision was given. */
    public record Given(
            @Member(meaning = "when it was kept") Instant keptAt,

            @Member(meaning = "who asked", example = "\"hotline\"")
            String caller) {}

    /**
     * All of a decision: what was asked, and the answer byte for byte.
     *
     * @param personal opens personal fields, where it can
     */
    public static Whole whole(Entry entry, Personal personal) {
        return new Whole(
                Brief.of(entry),
                entry.personal(),
                Json.raw(request(entry, personal)),
                Json.raw(personal.answer(entry)),
                null);
    }

    /** What was asked, with personal fields opened where they can be. */
    public static String request(Entry entry, Personal personal) {
        ObjectNode shown = shown(entry, personal);
        return shown == null ? entry.request() : Json.write(shown);
    }

    /** What an entry can be found by under a name. */
    static List<String> marked(Entry entry, String name) {
        return entry.marks().stream()
                .filter(mark -> mark.startsWith(name + " "))
                .map(mark -> mark.substring(name.length() + 1))
                .toList();
    }

    /** Everything that was decided of an incident, as far as it was found from the first decision on. */
    public static Trail trail(String incident, Found trail, Personal personal) {
        return trail(incident, Told.NOTHING, trail, incident, personal);
    }

    /**
     * A page of what was decided of an incident.
     *
     * @param before what was told before it
     * @param search what the cursor is good for
     */
    public static Trail trail(String incident, Told before, Found trail, String search, Personal personal) {
        return new Trail(
                incident,
                trail.next() == null ? null : true,
                trail.next() == null ? null : trail.next().text(search),
                TrailWarnings.of(before, trail.entries(), personal),
                trail.entries().stream().map(entry -> whole(entry, personal)).toList());
    }

    /** What was asked, with personal fields opened; null where they cannot be, or nothing was hidden. */
    private static @Nullable ObjectNode shown(Entry entry, Personal personal) {
        if (entry.personal() == Personal.How.KEPT) {
            return null; // it stands there already
        }
        try {
            return Json.read(entry.request()) instanceof ObjectNode request ? personal.shown(entry, request) : null;
        } catch (BadRequestException e) {
            return null; // the stored text was tampered with: show it as it is
        }
    }
}
