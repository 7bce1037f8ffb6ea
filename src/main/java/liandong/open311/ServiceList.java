package liandong.open311;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import liandong.explain.Phrases;
import liandong.incident.Area;
import liandong.incident.CodeMapping;
import liandong.incident.EventType;
import liandong.incident.Report;
import liandong.incident.Source;
import liandong.open311.ServiceDefinition.Attribute;
import liandong.open311.ServiceDefinition.Value;
import liandong.policy.Policy;
import liandong.wire.RecordType;
import org.jspecify.annotations.Nullable;

/**
 * The services of a policy on a day.
 *
 * <p>Their codes are those that the sheet 对照 gives event types under the scheme {@value #SCHEME}; where it gives none, those
 * of the event types themselves. Whose reports come in this way a row of the same scheme says that maps a code to a 来源;
 * without one each request has to say it.
 */
public final class ServiceList {
    /** The scheme of the sheet 对照. */
    public static final String SCHEME = "Open311";

    /** The attribute that says who brings the report. */
    static final String SOURCE = "source";

    /** The facts of a report that who brings it may know besides the words. */
    private static final List<String> FACTS =
            List.of("lifeInDanger", "injured", "deaths", "people", "gathering", "residentsOnly");

    private static final String REALTIME = "realtime";
    private static final String ONE_OF = "singlevaluelist";
    private static final String NUMBER = "number";

    private final Policy policy;
    private final Map<String, Named> byCode = new LinkedHashMap<>();
    private final @Nullable Source source;

    /** What a code means, and what the outside calls it. */
    private record Named(EventType type, String name) {}

    private ServiceList(Policy policy, LocalDate on) {
        this.policy = policy;
        List<CodeMapping> mapped = policy.codeMap().stream()
                .filter(each -> each.scheme().equalsIgnoreCase(SCHEME))
                .filter(each -> each.from() == null || !each.from().isAfter(on))
                .filter(each -> each.until() == null || !each.until().isBefore(on))
                .toList();
        for (CodeMapping each : mapped) {
            if (each.term() instanceof EventType type) {
                byCode.putIfAbsent(each.code(), new Named(type, each.name() == null ? type.label() : each.name()));
            }
        }
        if (byCode.isEmpty()) {
            policy.vocabulary()
                    .all(EventType.class)
                    .forEach(type -> byCode.put(type.code(), new Named(type, type.label())));
        }
        this.source = mapped.stream()
                .map(CodeMapping::term)
                .filter(Source.class::isInstance)
                .map(Source.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** Those of a policy on a day. */
    public static ServiceList of(Policy policy, LocalDate on) {
        return new ServiceList(policy, on);
    }

    /** All of them, in the order of the sheet. */
    public List<Service> all(Phrases say) {
        var all = new ArrayList<Service>();
        byCode.forEach((code, named) -> all.add(service(code, named, say)));
        return all;
    }

    private Service service(String code, Named named, Phrases say) {
        EventType type = named.type();
        List<String> other = Stream.concat(Stream.of(type.label()), type.aliases().stream())
                .filter(name -> !name.equals(named.name()))
                .toList();
        return new Service(
                code,
                named.name(),
                say.list(List.of(type.eventClass().label(), type.topic().label())),
                source == null,
                REALTIME,
                other.isEmpty() ? null : String.join(", ", other),
                type.category().label());
    }

    /** What a request for a service may say besides; null when there is no such service. */
    public @Nullable ServiceDefinition definition(String code, Phrases say) {
        if (!byCode.containsKey(code)) {
            return null;
        }
        var attributes = new ArrayList<Attribute>();
        if (source == null) {
            attributes.add(new Attribute(
                    true,
                    SOURCE,
                    ONE_OF,
                    true,
                    null,
                    1,
                    say.of("open311.source"),
                    policy.vocabulary().all(Source.class).stream()
                            .map(each -> new Value(each.code(), each.label()))
                            .toList()));
        }
        for (RecordType.Component fact : facts()) {
            boolean yesOrNo = fact.type() == boolean.class;
            attributes.add(new Attribute(
                    true,
                    fact.json(),
                    yesOrNo ? ONE_OF : NUMBER,
                    false,
                    say.of("open311.optional"),
                    attributes.size() + 1,
                    say.half(fact.label()),
                    yesOrNo
                            ? List.of(
                                    new Value("true", say.of("explain.yes")), new Value("false", say.of("open311.no")))
                            : null));
        }
        return new ServiceDefinition(code, attributes);
    }

    /** The facts that a request may tell as attributes. */
    static List<RecordType.Component> facts() {
        return RecordType.of(Report.class).components().stream()
                .filter(each -> FACTS.contains(each.json()))
                .toList();
    }

    /** What a code means; null when there is no such service. */
    public @Nullable EventType type(String code) {
        Named named = byCode.get(code);
        return named == null ? null : named.type();
    }

    /** What people call a service, or an event type; null when neither is known. */
    @Nullable
    String name(String code, String type) {
        Named named = byCode.get(code);
        if (named != null) {
            return named.name();
        }
        EventType known = policy.vocabulary().find(EventType.class, type);
        return known == null ? null : known.label();
    }

    /**
     * The code of an event type.
     *
     * @param sent the code that was sent; it is kept while it means that type
     * @return empty when no service has it
     */
    String code(String type, String sent) {
        EventType of = type(sent);
        if (type.isEmpty() || (of != null && of.code().equals(type))) {
            return sent;
        }
        return byCode.entrySet().stream()
                .filter(each -> each.getValue().type().code().equals(type))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /** Whose reports come in this way; null when each has to say. */
    @Nullable
    Source source() {
        return source;
    }

    /** The areas that a jurisdiction may be named by: those around all others. */
    private List<Area> jurisdictions() {
        return policy.vocabulary().all(Area.class).stream()
                .filter(area -> area.parent() == null)
                .toList();
    }

    /** Whether a jurisdiction is ours: named by code or label of the area around all others. */
    public boolean isJurisdiction(String id) {
        return jurisdictions().stream()
                .anyMatch(area -> area.code().equals(id) || area.label().equals(id));
    }

    /** What our jurisdictions are called, for people. */
    public String jurisdictionNames() {
        return String.join(", ", jurisdictions().stream().map(Area::code).toList());
    }
}
