package liandong.routing;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liandong.decision.Handwork;
import liandong.incident.Danger;
import liandong.incident.Urgency;
import liandong.policy.Policy;
import liandong.table.RowStatus;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What routing leaves to a person, and what becomes of what they find. */
final class RoutingHandwork implements Handwork {
    private static final int LONGEST_ID = 64;
    private static final int LONGEST_SENTENCE = 500;
    private static final int LONGEST_REASON = 200;
    private static final String INCIDENT = "incident";
    private static final String EVENT_TYPE = "eventType";
    private static final String TEXT = "text";
    private static final String LABEL = "label";
    private static final String CODE = "code";
    private static final Pattern ID = Pattern.compile("(.*?)(\\d{1,9})");
    private static final String FIRST_ID = "EX-00000";

    @Override
    public @Nullable Left left(JsonNode answer, Policy policy) {
        boolean undecided = answer.path("outcome").stringValue("").equals(RoutingOutcome.MANUAL_TRIAGE.code());
        JsonNode desk = answer.path("triage");
        if (!undecided && !desk.isObject()) {
            return null;
        }
        JsonNode assignment = answer.path("assignment");
        JsonNode about = assignment.isObject() ? assignment : answer.path("classification");
        String danger = answer.path("danger").stringValue("");
        String reason = undecided ? answer.path("reason").stringValue("") : TriageReason.POSSIBLE_DANGER.code();
        String urgency = desk.path("urgency").path(CODE).stringValue("");
        Urgency known = urgency.isEmpty() ? null : policy.vocabulary().find(Urgency.class, urgency);
        return new Left(
                undecided,
                !danger.isEmpty() && !danger.equals(Danger.NO.code()),
                Arrays.stream(TriageReason.values())
                        .filter(each -> each.code().equals(reason))
                        .findFirst()
                        .orElse(null),
                desk.path("queue").stringValue(""),
                desk.path("by").path(LABEL).stringValue(""),
                desk.path("urgency").path(LABEL).stringValue(""),
                known == null ? 0 : known.rank(),
                time(desk.path("due").stringValue("")),
                about.path(EVENT_TYPE).path(LABEL).stringValue(""),
                assignment.path("lead").path(LABEL).stringValue(""),
                candidates(answer.path("candidates")),
                texts(answer.path("ask")),
                answer.path("matters")
                        .valueStream()
                        .map(each -> each.path(TEXT).stringValue(""))
                        .filter(text -> !text.isBlank())
                        .toList());
    }

    private static List<Candidate> candidates(JsonNode candidates) {
        return candidates
                .valueStream()
                .map(each -> new Candidate(
                        each.path(EVENT_TYPE).path(CODE).stringValue(""),
                        each.path(EVENT_TYPE).path(LABEL).stringValue(""),
                        each.path("points").asInt(0),
                        texts(each.path("rows"))))
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(each -> each.stringValue("")).toList();
    }

    private static @Nullable OffsetDateTime time(String text) {
        try {
            return text.isEmpty() ? null : OffsetDateTime.parse(text);
        } catch (DateTimeParseException e) {
            return null; // the stored answer was tampered with; verification tells of that
        }
    }

    @Override
    public List<ObjectNode> again(ObjectNode request, Choice choice, String by) {
        if (choice.way() == Way.SPLIT) {
            var requests = new ArrayList<ObjectNode>();
            for (String part : choice.parts()) {
                ObjectNode one = request.deepCopy();
                ObjectNode incident = incident(one);
                incident.put(TEXT, part);
                incident.remove(EVENT_TYPE);
                if (!requests.isEmpty()) {
                    incident.put("id", numbered(incident.path("id").stringValue(""), requests.size() + 1));
                }
                requests.add(one);
            }
            return List.copyOf(requests);
        }
        ObjectNode one = request.deepCopy();
        ObjectNode incident = incident(one);
        switch (choice.way()) {
            case MERGE -> incident.put("sameAs", choice.into());
            case SETTLE -> incident.put("settled", true);
            case DANGER -> incident.put("lifeInDanger", true);
            default -> {
                // What stands in the request otherwise, nobody has to find again.
                put(incident, EVENT_TYPE, choice.eventType());
                put(incident, "nature", choice.nature());
                if (!by.isEmpty() && !(choice.eventType() + choice.lead()).isEmpty()) {
                    ObjectNode chosen = incident.putObject("choice").put("by", by);
                    put(chosen, EVENT_TYPE, choice.eventType());
                    put(chosen, "lead", choice.lead());
                    chosen.put("reason", reason(choice.because()));
                }
            }
        }
        return List.of(one);
    }

    /** A reason as a choice has it; a dash while somebody only looks what would come of it. */
    private static String reason(String because) {
        String reason = because.strip();
        return reason.isEmpty() ? "—" : reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    }

    private static void put(ObjectNode incident, String name, String value) {
        if (!value.isEmpty()) {
            incident.put(name, value);
        }
    }

    private static String numbered(String id, int number) {
        String end = "-" + number;
        return id.substring(0, Math.min(id.length(), LONGEST_ID - end.length())) + end;
    }

    private static ObjectNode incident(ObjectNode request) {
        return request.path(INCIDENT) instanceof ObjectNode incident ? incident : request.putObject(INCIDENT);
    }

    @Override
    public String text(JsonNode request) {
        return request.path(INCIDENT).path(TEXT).stringValue("");
    }

    @Override
    public Rows learned(Policy policy, List<Judged> judged) {
        String status = RowStatus.ofOwn(policy.vocabulary().format()).label();
        var known = new HashSet<String>();
        Table<ExampleRow> table = policy.table(ExampleRow.class);
        List<ExampleRow> own = table == null ? List.of() : table.rows();
        own.forEach(row -> known.add(row.sentence()));
        Matcher last = Stream.concat(
                        Stream.of(FIRST_ID), own.stream().map(row -> row.ref().id()))
                .map(ID::matcher)
                .filter(Matcher::matches)
                .max((one, other) -> Integer.compare(Integer.parseInt(one.group(2)), Integer.parseInt(other.group(2))))
                .orElseThrow();
        var rows = new ArrayList<List<String>>();
        for (Judged each : judged) {
            String sentence = text(each.request()).replaceAll("\\s+", " ").strip();
            JsonNode about = about(each.after());
            String type = about.path(LABEL).stringValue("");
            if (sentence.isEmpty()
                    || sentence.length() > LONGEST_SENTENCE
                    || type.isEmpty()
                    || about(each.before()).equals(about)
                    || !known.add(sentence)) {
                continue;
            }
            String number = String.format(
                    "%0" + last.group(2).length() + "d", Integer.parseInt(last.group(2)) + rows.size() + 1);
            String danger = each.after().path("danger").stringValue("");
            rows.add(List.of(
                    last.group(1) + number,
                    sentence,
                    type,
                    Stream.of(Danger.values())
                            .filter(word -> word.code().equals(danger))
                            .findFirst()
                            .orElse(Danger.NO)
                            .label(),
                    each.after().path("nature").path(LABEL).stringValue(""),
                    each.note(),
                    status,
                    "",
                    "",
                    before(each.before())));
        }
        return new Rows(
                "例句",
                "例句 Examples：人工研判改正的信息；隐去姓名、住址，逐行核定后并入政策，不认可的删去",
                List.of(
                        "编号 Id",
                        "例句 Sentence",
                        "事项 Event type",
                        "危险 Danger",
                        "诉求性质 Nature",
                        "依据 Basis",
                        "状态 Status",
                        "生效 From",
                        "失效 Until",
                        "备注 Note"),
                List.of(12, 70, 25, 9, 12, 46, 10, 11, 11, 60),
                rows);
    }

    private static JsonNode about(JsonNode answer) {
        JsonNode assignment = answer.path("assignment");
        return (assignment.isObject() ? assignment : answer.path("classification")).path(EVENT_TYPE);
    }

    private static String before(JsonNode answer) {
        String type = about(answer).path(LABEL).stringValue("");
        String nearest =
                answer.path("candidates").path(0).path(EVENT_TYPE).path(LABEL).stringValue("");
        if (!type.isEmpty()) {
            return "研读为“" + type + "”";
        }
        return nearest.isEmpty() ? "转人工研判" : "转人工研判，最接近“" + nearest + "”";
    }
}
