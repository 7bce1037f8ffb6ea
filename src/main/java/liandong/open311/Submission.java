package liandong.open311;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.CoordinateSystem;
import liandong.incident.EventType;
import liandong.incident.GeoPoint;
import liandong.incident.Nearest;
import liandong.incident.Source;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.wire.FactReader;
import liandong.wire.Json;
import liandong.wire.Moments;
import liandong.wire.RecordType;
import liandong.wire.SetNames;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A form becomes a report to decide.
 *
 * <p>Kept are the words, the place, the picture's address and the facts. Who brought it (email, phone, names, device, account)
 * is not: nothing here needs it, and who sent the form has it.
 */
public final class Submission {
    /** Where a request keeps what only this protocol has. */
    static final String OUTSIDE = "outside";

    static final String ADDRESS = "address";
    static final String CODE = "service_code";

    private static final int LONGEST_DESCRIPTION = 4_000;
    private static final int LONGEST_ADDRESS = 500;
    private static final int LONGEST_URL = 2_000;
    static final int MOST_LATITUDE = 90;
    static final int MOST_LONGITUDE = 180;
    private static final Pattern DEGREES = Pattern.compile("[+-]?\\d{1,3}([.]\\d{1,17})?");
    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");
    /** What GeoReport has in a form, and what its extensions are known to put there. */
    private static final List<String> FIELDS = List.of(
            CODE,
            "description",
            "address_string",
            "address_id",
            "lat",
            "long",
            "media_url",
            "jurisdiction_id",
            Given.KEY,
            "email",
            "phone",
            "first_name",
            "last_name",
            "device_id",
            "account_id",
            "media",
            "locale",
            "extensions");

    /** What may stand behind the question mark as well. */
    private static final Set<String> ANYWHERE = Set.of("jurisdiction_id", Given.KEY);

    private static final Set<String> YES = Set.of("true", "yes", "1");
    private static final Set<String> NO = Set.of("false", "no", "0");

    /** Letters and digits that nobody takes for one another when an id is read out. */
    private static final String LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    private static final int ID_LETTERS = 10;
    private static final Pattern OURS = Pattern.compile("R-\\d{8}-[" + LETTERS + "]{" + ID_LETTERS + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Given form;
    private final Policy policy;
    private final Consumer<Problem> problems;

    private Submission(Given form, Policy policy, Consumer<Problem> problems) {
        this.form = form;
        this.policy = policy;
        this.problems = problems;
    }

    /** An id for a new request, such as {@code R-20261120-7KQ2M9XTBA}. */
    public static String newId(OffsetDateTime now) {
        String random = RANDOM.ints(ID_LETTERS, 0, LETTERS.length())
                .mapToObj(at -> LETTERS.substring(at, at + 1))
                .collect(Collectors.joining());
        return "R-" + DateTimeFormatter.BASIC_ISO_DATE.format(now.toLocalDate()) + "-" + random;
    }

    /**
     * The request for a decision that a form comes to.
     *
     * @param services those there are
     * @param type what the form's service means
     * @param id of the new report
     * @param now when it is received
     * @param problems told everything that is wrong; when anything is, the request is of no use
     */
    public static ObjectNode request(
            Given form,
            Policy policy,
            ServiceList services,
            EventType type,
            String id,
            OffsetDateTime now,
            Consumer<Problem> problems) {
        return new Submission(form, policy, problems).request(services, type, id, now);
    }

    private ObjectNode request(ServiceList services, EventType type, String id, OffsetDateTime now) {
        fields();
        String description = text("description", LONGEST_DESCRIPTION);
        String address = text("address_string", LONGEST_ADDRESS);
        String url = url();
        ObjectNode request = Json.object();
        ObjectNode incident = request.putObject("incident");
        incident.put("id", id).put("reportedAt", Moments.text(now));
        incident.set("area", area(address));
        // Without the address: what reads the words must not take a street's name for the matter.
        incident.put("text", description);
        incident.put("eventType", type.code());
        attributes(services, incident);
        ObjectNode outside = request.putObject("options").putObject(OUTSIDE);
        outside.put(CODE, form.first(CODE));
        put(outside, ADDRESS, address);
        put(outside, "address_id", Objects.requireNonNullElse(form.first("address_id"), ""));
        put(outside, "lat", Objects.requireNonNullElse(form.first("lat"), ""));
        put(outside, "long", Objects.requireNonNullElse(form.first("long"), ""));
        put(outside, "media_url", url);
        return request;
    }

    private static void put(ObjectNode object, String name, String value) {
        if (!value.isEmpty()) {
            object.put(name, value);
        }
    }

    /** What is there twice is refused, and what is not known: passed over, a danger that was told would be lost. */
    private void fields() {
        form.fields().keySet().forEach(name -> {
            List<String> said = form.all(name);
            String shown = FactReader.shortened(name);
            if (Given.attribute(name) != null) {
                return; // looked at as attributes
            }
            if (!FIELDS.contains(name)) {
                String near = Nearest.of(name, FIELDS);
                refuse(
                        Code.UNKNOWN_FIELD,
                        shown,
                        shown,
                        (near == null ? "" : near + "? ") + String.join(", ", FIELDS) + ", " + attribute("…"));
            } else if (said.size() > 1
                    && !(ANYWHERE.contains(name) && Set.copyOf(said).size() == 1)) {
                refuse(Code.DUPLICATE_FIELD, name, name);
            }
        });
    }

    private void refuse(Code code, String field, Object... args) {
        problems.accept(Problem.of(code, new FileRef(field), args));
    }

    private String text(String field, int longest) {
        String text = Objects.requireNonNullElse(form.first(field), "").replace("\r\n", "\n");
        if (text.length() > longest) {
            refuse(Code.TOO_LONG, field, text.length(), longest);
        } else if (text.indexOf('\0') >= 0) {
            refuse(Code.NUL_CHARACTER, field);
        }
        return text;
    }

    private String url() {
        String url = text("media_url", LONGEST_URL);
        if (url.isEmpty() || isUrl(url)) {
            return url;
        }
        refuse(Code.UNKNOWN_CHOICE, "media_url", FactReader.shortened(url), "http://…, https://…");
        return "";
    }

    /** Whether a text is the address of a picture that browsers may be given: no script, for one. */
    static boolean isUrl(String text) {
        try {
            String scheme = new URI(text).getScheme();
            return scheme != null && Set.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The degrees that a text is; null when it is none, or more than there are. */
    static @Nullable BigDecimal degrees(String text, int most) {
        BigDecimal degrees = DEGREES.matcher(text).matches() ? new BigDecimal(text) : null;
        return degrees == null || degrees.abs().compareTo(BigDecimal.valueOf(most)) > 0 ? null : degrees;
    }

    /**
     * The area: that of {@code address_id}; else that in which the point lies, if its outline is known; else the narrowest whose
     * name the address has; else the point, for which the decision takes the widest and says so, or the widest.
     */
    private @Nullable JsonNode area(String address) {
        Vocabulary words = policy.vocabulary();
        String id = form.first("address_id");
        ObjectNode point = point();
        if (id != null) {
            if (words.find(Area.class, id) == null && words.wider(id) == null) {
                unknown("address_id", id, Area.class);
            }
            return Json.text(id);
        }
        if (point != null && (address.isEmpty() || words.at(place(point)) != null)) {
            return point;
        }
        Area named = named(address);
        if (named != null) {
            return Json.text(named.code());
        }
        Area widest = words.widest();
        if (point == null && address.isEmpty()) {
            if (form.first("lat") == null && form.first("long") == null) {
                refuse(
                        Code.MISSING_FIELD,
                        "address_string",
                        "address_string",
                        "lat & long | address_string | address_id");
            }
        } else if (point == null && widest == null) {
            refuse(Code.MISSING_FIELD, "address_id", "address_id", "lat & long | address_id");
        }
        return point != null ? point : widest == null ? null : Json.text(widest.code());
    }

    private static GeoPoint place(ObjectNode point) {
        return GeoPoint.of(
                point.path("longitude").asDouble(), point.path("latitude").asDouble(), CoordinateSystem.WGS84);
    }

    /** The point that is sent; null when none is. */
    private @Nullable ObjectNode point() {
        BigDecimal latitude = degrees("lat", "long", MOST_LATITUDE);
        BigDecimal longitude = degrees("long", "lat", MOST_LONGITUDE);
        return latitude == null || longitude == null
                ? null
                : Json.object()
                        .put("longitude", longitude)
                        .put("latitude", latitude)
                        .put("system", CoordinateSystem.WGS84.name());
    }

    private @Nullable BigDecimal degrees(String field, String other, int most) {
        String sent = form.first(field);
        if (sent == null) {
            if (form.first(other) != null) {
                refuse(Code.MISSING_FIELD, field, field, "lat & long");
            }
            return null;
        }
        BigDecimal degrees = degrees(sent, most);
        if (degrees == null) {
            refuse(Code.OUT_OF_RANGE, field, FactReader.shortened(sent), -most, most);
        }
        return degrees;
    }

    /** The narrowest area whose name stands in an address; of several, the one with the longest name. */
    private @Nullable Area named(String address) {
        return policy.vocabulary().all(Area.class).stream()
                .filter(area -> area.parent() != null && address.contains(area.label()))
                .max(Comparator.comparingInt(Submission::depth)
                        .thenComparingInt(area -> area.label().length())
                        .thenComparing(Area::code, Comparator.reverseOrder()))
                .orElse(null);
    }

    private static int depth(Area area) {
        int depth = 0;
        for (Area around = area.parent(); around != null; around = around.parent()) {
            depth++;
        }
        return depth;
    }

    private void attributes(ServiceList services, ObjectNode incident) {
        Map<String, List<String>> sent = form.attributes();
        Map<String, RecordType.Component> facts =
                ServiceList.facts().stream().collect(Collectors.toMap(RecordType.Component::json, each -> each));
        Source always = services.source();
        if (always != null) {
            incident.put(ServiceList.SOURCE, always.code());
        } else if (!sent.containsKey(ServiceList.SOURCE)) {
            refuse(
                    Code.MISSING_FIELD,
                    attribute(ServiceList.SOURCE),
                    attribute(ServiceList.SOURCE),
                    labels(policy.vocabulary().all(Source.class)));
        }
        sent.forEach((code, values) -> {
            RecordType.Component fact = facts.get(code);
            String value = values.get(0);
            if (values.size() > 1) {
                refuse(
                        Code.DUPLICATE_FIELD,
                        attribute(FactReader.shortened(code)),
                        attribute(FactReader.shortened(code)));
            } else if (code.equals(ServiceList.SOURCE)) {
                // Where the policy says whose reports these are, it knows better than the form.
                if (always == null) {
                    source(value, incident);
                }
            } else if (fact == null) {
                refuse(
                        Code.UNKNOWN_FIELD,
                        attribute(FactReader.shortened(code)),
                        FactReader.shortened(code),
                        String.join(", ", facts.keySet().stream().sorted().toList()));
            } else if (fact.type() == boolean.class) {
                yesOrNo(code, value, incident);
            } else if (COUNT.matcher(value).matches()) {
                incident.put(code, Integer.parseInt(value));
            } else {
                refuse(
                        Code.OUT_OF_RANGE,
                        attribute(code),
                        FactReader.shortened(value),
                        0,
                        fact.bounds() == null
                                ? Integer.MAX_VALUE
                                : fact.bounds().max());
            }
        });
    }

    private void source(String value, ObjectNode incident) {
        Source source = policy.vocabulary().find(Source.class, value);
        if (source == null) {
            unknown(attribute(ServiceList.SOURCE), value, Source.class);
        } else {
            incident.put(ServiceList.SOURCE, source.code());
        }
    }

    private void unknown(String field, String value, Class<? extends Term> set) {
        Vocabulary words = policy.vocabulary();
        refuse(
                Code.UNKNOWN_CODE,
                field,
                FactReader.shortened(value),
                SetNames.of(set),
                FactReader.nearest(words, set, value) + FactReader.allowed(words, set),
                Objects.requireNonNullElse(Vocabulary.sheet(set), field));
    }

    private static String labels(List<Source> sources) {
        return sources.stream().map(Source::code).collect(Collectors.joining(", "));
    }

    private void yesOrNo(String code, String value, ObjectNode incident) {
        String word = value.toLowerCase(Locale.ROOT);
        if (YES.contains(word) || NO.contains(word)) {
            incident.put(code, YES.contains(word));
        } else {
            refuse(Code.UNKNOWN_CHOICE, attribute(code), FactReader.shortened(value), "true, false");
        }
    }

    private static String attribute(String code) {
        return "attribute[" + code + "]";
    }

    /** The account that the form names, given back and not kept; null when it names none. */
    public static @Nullable String account(Given form) {
        String account = form.first("account_id");
        return account == null ? null : account.substring(0, Math.min(account.length(), LONGEST_ADDRESS));
    }

    /** Whether an id is such as {@link #newId} makes: only who sent the request, and whoever was told, can know it. */
    static boolean isOurs(String id) {
        return OURS.matcher(id).matches();
    }

    /** What a body, or an area that has a matter in hand, is called, by whatever name it was kept. */
    static String label(Vocabulary words, String body) {
        Body known = words.find(Body.class, body);
        Area area = known == null ? words.find(Area.class, body) : null;
        return known != null ? known.label() : area != null ? area.label() : body;
    }
}
