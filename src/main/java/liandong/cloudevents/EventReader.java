package liandong.cloudevents;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Location;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads events: of the JSON format, and of headers and a body. Everything that is wrong with one is told at once. */
public final class EventReader {
    /** Before the names of attributes in headers of HTTP. */
    public static final String HEADER = "ce-";

    /** Before those in headers of Kafka, where values are UTF-8 as they are. */
    public static final String KAFKA_HEADER = "ce_";

    private static final String DATA = "data";
    private static final String DATA_BASE64 = "data_base64";
    private static final String CONTENT_TYPE = "datacontenttype";
    private static final String JSON = "application/json";
    private static final String VERSION = "1.0";
    private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");
    private static final Set<String> OF_CONTENT = Set.of(DATA, DATA_BASE64);
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,100}");
    private static final Pattern JSON_TYPE = Pattern.compile("(?i)[^/;\\s]+/([^/;\\s]+\\+)?json\\s*(;.*)?");

    /** Attributes are for routers and logs: what is longer is none. */
    private static final int LONGEST = 1_000;

    private static final int NONCHARACTERS = 0xFFFE;
    private static final RequestPointer ROOT = new RequestPointer("");

    private final Function<String, Location> places;
    private final boolean binary;
    private final List<Problem> problems = new ArrayList<>();

    private EventReader(Function<String, Location> places, boolean binary) {
        this.places = places;
        this.binary = binary;
    }

    /**
     * An event of the JSON format.
     *
     * @throws BadRequestException if it is none, or has no data that is JSON
     */
    public static CloudEvent structured(JsonNode event) throws BadRequestException {
        if (!(event instanceof ObjectNode object)) {
            throw new BadRequestException(
                    true, List.of(Problem.of(Code.WRONG_JSON_TYPE, ROOT, FactReader.quoted(event), "{…}")));
        }
        return new EventReader(ROOT::member, false).read(object);
    }

    /**
     * An event in the binary mode of HTTP.
     *
     * @param headers every header that begins with {@value #HEADER}, by its name without that, as it was sent
     * @param data the body
     * @throws BadRequestException if the headers are none of an event
     */
    public static CloudEvent binary(Map<String, List<String>> headers, JsonNode data) throws BadRequestException {
        return binary(HEADER, headers, EventReader::decoded, data);
    }

    /**
     * An event in the binary mode of Kafka.
     *
     * @param headers every header that begins with {@value #KAFKA_HEADER}, by its name without that, as it was sent
     * @param data the value of the record
     * @throws BadRequestException if the headers are none of an event
     */
    public static CloudEvent kafka(Map<String, List<byte[]>> headers, JsonNode data) throws BadRequestException {
        return binary(KAFKA_HEADER, headers, EventReader::utf8, data);
    }

    private static <T> CloudEvent binary(
            String prefix, Map<String, List<T>> headers, Function<T, @Nullable String> decoding, JsonNode data)
            throws BadRequestException {
        var reader = new EventReader(name -> new FileRef(prefix + name), true);
        ObjectNode event = Json.object();
        headers.forEach((name, values) -> {
            String value = values.size() == 1 ? decoding.apply(values.get(0)) : null;
            if (value == null || OF_CONTENT.contains(name) || name.equals(CONTENT_TYPE)) {
                reader.refuse(
                        name,
                        values.stream()
                                .map(each -> each instanceof byte[] bytes
                                        ? new String(bytes, StandardCharsets.UTF_8)
                                        : String.valueOf(each))
                                .collect(Collectors.joining(", ")));
            } else {
                event.put(name, value);
            }
        });
        return reader.read(event.put(CONTENT_TYPE, JSON).set(DATA, data));
    }

    /** The value of a header of Kafka; null when it is not UTF-8. */
    private static @Nullable String utf8(byte[] header) {
        try {
            return Ndjson.decoded(header);
        } catch (BadRequestException e) {
            return null;
        }
    }

    /** The id of what was sent as an event of the JSON format, also of one that is none; empty when it has none. */
    public static String id(JsonNode event) {
        String id = event.path("id").stringValue("");
        return id.length() > LONGEST ? "" : id;
    }

    /** The value of a header: quotes taken off, percent-decoded once; null when it cannot be. */
    private static @Nullable String decoded(String header) {
        String sent = header.strip();
        String bare = sent.length() > 1 && sent.startsWith("\"") && sent.endsWith("\"")
                ? sent.substring(1, sent.length() - 1).replaceAll("\\\\(.)", "$1")
                : sent;
        if (bare.chars().anyMatch(c -> c < ' ' || c > '~')) {
            return null; // what is not printable ASCII is to be encoded
        }
        byte[] bytes = new byte[bare.length()];
        int length = 0;
        for (int i = 0; i < bare.length(); i++) {
            if (bare.charAt(i) == '%') {
                int high = i + 2 < bare.length() ? Character.digit(bare.charAt(i + 1), 16) : -1;
                int low = i + 2 < bare.length() ? Character.digit(bare.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                bytes[length++] = (byte) (high * 16 + low);
                i += 2;
            } else {
                bytes[length++] = (byte) bare.charAt(i);
            }
        }
        return utf8(Arrays.copyOf(bytes, length));
    }

    private void refuse(String name, String value) {
        problems.add(Problem.of(
                Code.BAD_EVENT_ATTRIBUTE, places.apply(name), FactReader.shortened(name), FactReader.shortened(value)));
    }

    private CloudEvent read(ObjectNode event) throws BadRequestException {
        event.properties().forEach(each -> {
            if (!OF_CONTENT.contains(each.getKey())) {
                attribute(each.getKey(), each.getValue());
            }
        });
        for (String name : REQUIRED) {
            if (text(event, name).isEmpty()
                    && !event.path(name).isNumber()
                    && !event.path(name).isBoolean()) {
                problems.add(Problem.of(Code.MISSING_FIELD, places.apply(name), name, ""));
            }
        }
        JsonNode data = data(event);
        if (!problems.isEmpty() || data == null) {
            throw new BadRequestException(true, problems);
        }
        return new CloudEvent(
                text(event, "id"), text(event, "source"), text(event, "type"), data, binary, places.apply("id"));
    }

    private static String text(ObjectNode event, String name) {
        return event.path(name).stringValue("");
    }

    private void attribute(String name, JsonNode value) {
        if (value.isNull()) {
            return; // as if it were not there
        }
        boolean core = REQUIRED.contains(name)
                || Set.of("subject", "time", "dataschema", CONTENT_TYPE).contains(name);
        boolean typed = value.isString()
                || (!core && (value.isBoolean() || (value.isIntegralNumber() && value.canConvertToInt())));
        String text = value.isString() ? value.stringValue() : value.toString();
        if (!NAME.matcher(name).matches() || !typed || !isText(text) || !isMeant(name, text)) {
            refuse(name, text);
        } else if (text.length() > LONGEST) {
            problems.add(Problem.of(Code.TOO_LONG, places.apply(name), text.length(), LONGEST));
        }
    }

    /** Whether a text has nothing that texts of events may not have: controls, half characters, and what is none. */
    static boolean isText(String text) {
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.SURROGATE
                        || (c & NONCHARACTERS) == NONCHARACTERS
                        || (c >= 0xFDD0 && c <= 0xFDEF));
    }

    /** Whether an attribute can say so; what is missing is told elsewhere. */
    private static boolean isMeant(String name, String text) {
        return switch (name) {
            case "specversion" -> text.isEmpty() || text.equals(VERSION);
            case "source" -> uri(text) != null;
            case "dataschema" -> {
                URI schema = uri(text);
                yield schema != null && schema.isAbsolute();
            }
            case "subject" -> !text.isEmpty();
            case "time" -> isTime(text);
            case CONTENT_TYPE -> JSON_TYPE.matcher(text).matches();
            default -> true;
        };
    }

    private static @Nullable URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static boolean isTime(String text) {
        try {
            return OffsetDateTime.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** What the event says; null when it does not say anything that can be understood, which has been told. */
    private @Nullable JsonNode data(ObjectNode event) throws BadRequestException {
        JsonNode packed = event.path(DATA_BASE64);
        if (packed.isMissingNode() || packed.isNull()) {
            if (!event.has(DATA)) {
                problems.add(Problem.of(Code.MISSING_FIELD, places.apply(DATA), DATA, ""));
            }
            return event.get(DATA);
        }
        if (event.has(DATA) || !packed.isString()) {
            refuse(DATA_BASE64, FactReader.quoted(packed));
            return null;
        }
        if (text(event, CONTENT_TYPE).isEmpty()) { // then nobody knows what it is
            problems.add(Problem.of(Code.MISSING_FIELD, places.apply(CONTENT_TYPE), CONTENT_TYPE, ""));
            return null;
        }
        try {
            return Json.read(Ndjson.decoded(
                    Base64.getDecoder().decode(packed.stringValue().getBytes(StandardCharsets.ISO_8859_1))));
        } catch (BadRequestException e) { // at a place within what was packed, which nobody sees
            throw new BadRequestException(
                    e.isReadable(),
                    e.problems().stream()
                            .map(each -> new Problem(each.code(), places.apply(DATA_BASE64), each.args()))
                            .toList());
        } catch (IllegalArgumentException e) {
            refuse(DATA_BASE64, FactReader.quoted(packed));
            return null;
        }
    }
}
