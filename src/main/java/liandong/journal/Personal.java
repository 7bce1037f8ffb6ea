package liandong.journal;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.store.Database;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is done to the personal fields of requests before they are kept: names, numbers and the citizen's own words.
 *
 * <p>Safe for use by many threads.
 */
public final class Personal {
    /**
     * Where a request holds them unless the operator names other places: the reporter's words, and what a person who judged
     * the report wrote of them; in the report itself, and in the report within a case that is to be scored; and where the
     * report is about, to the door.
     */
    public static final List<String> FIELDS = List.of(
            "/incident/text",
            "/incident/choice/reason",
            "/handled/incident/text",
            "/handled/incident/choice/reason",
            "/options/outside/address",
            "/options/outside/lat",
            "/options/outside/long",
            "/options/outside/media_url");

    /** What stands where a field was masked. */
    static final String MASK = "***";

    /** As texts were encrypted up to format 6 of the store: with no name of the key, and bound to nothing. */
    private static final String UNBOUND = "aes256gcm:";

    /** Followed by the id of the key, a colon, and the text encrypted as that of its entry. */
    private static final String BOUND = "aes256gcm2:";

    /** Where in an entry a text of the answer is: anywhere. */
    private static final String ANSWER = "answer";

    /** Member that holds the id of a row; those beside it that tell what the row says. */
    private static final String ROW = "row";

    private static final Set<String> OF_ROW = Set.of("at", "says", "source");

    /** Whether a text of an entry is hidden: masked, or encrypted. */
    public static boolean isHidden(String text) {
        return text.equals(MASK) || text.startsWith(UNBOUND) || text.startsWith(BOUND);
    }

    /** What is done to a personal field. */
    public enum How {
        /** It is kept as it was given. */
        KEPT,
        /** It is lost: the decision can be read, but not run again. */
        MASKED,
        /** It can be read, and the decision run again, by who has the key. */
        ENCRYPTED
    }

    private final How how;
    private final List<JsonPointer> fields;
    private final @Nullable PersonalKey key;
    private final Map<String, PersonalKey> older;

    private Personal(How how, List<String> fields, @Nullable PersonalKey key) {
        this(how, fields.stream().map(JsonPointer::compile).toList(), key, Map.of());
    }

    private Personal(How how, List<JsonPointer> fields, @Nullable PersonalKey key, Map<String, PersonalKey> older) {
        this.how = how;
        this.fields = fields;
        this.key = key;
        this.older = older;
    }

    /** All is kept as it was given. */
    public static Personal kept() {
        return new Personal(How.KEPT, List.of(), null);
    }

    /**
     * All is kept as it was given, and what was encrypted before can be read.
     *
     * @param fields JSON pointers into the request
     * @param key 32 bytes
     */
    public static Personal opened(List<String> fields, byte[] key) {
        return new Personal(How.KEPT, fields, new PersonalKey(key));
    }

    /**
     * Fields are masked.
     *
     * @param fields JSON pointers into the request
     */
    public static Personal masked(List<String> fields) {
        return new Personal(How.MASKED, fields, null);
    }

    /**
     * Fields are encrypted with AES-256 in Galois/counter mode.
     *
     * @param fields JSON pointers into the request
     * @param key 32 bytes
     */
    public static Personal encrypted(List<String> fields, byte[] key) {
        return new Personal(How.ENCRYPTED, fields, new PersonalKey(key));
    }

    /**
     * The same for a store: also what was encrypted with older keys can be read, if its own is the present one.
     *
     * @see PersonalKeys
     */
    public Personal in(Database database) {
        Map<String, PersonalKey> known = key == null ? null : PersonalKeys.older(database, key);
        return known == null ? this : new Personal(how, fields, key, Map.copyOf(known));
    }

    /** Whether its key, if it has one, is the present one of a store; while there are no older ones any is. */
    public boolean isPresentIn(Database database) {
        return key == null || PersonalKeys.older(database, key) != null;
    }

    /**
     * The key in a file: 32 bytes in Base64.
     *
     * @return null when the file holds something else
     * @throws IOException if it cannot be read
     */
    public static byte @Nullable [] key(Path file) throws IOException {
        try {
            byte[] key = Base64.getDecoder()
                    .decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
            return key.length == PersonalKey.LENGTH ? key : null;
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return null;
        }
    }

    /** What is done. */
    How how() {
        return how;
    }

    /**
     * A request as it is to be kept; the one given stays as it is.
     *
     * @param identity of the entry, see {@link #identity}
     */
    ObjectNode hidden(ObjectNode request, String identity) {
        return how == How.KEPT
                ? request
                : changed(request, (place, text) -> how == How.MASKED ? MASK : encrypted(text, identity + place));
    }

    /** Whether the reporter's words in a request are hidden. */
    boolean hidesText(ObjectNode request) {
        return how != How.KEPT
                && FIELDS.stream()
                        .map(JsonPointer::compile)
                        .anyMatch(field ->
                                fields.contains(field) && request.at(field).isString());
    }

    /**
     * An answer as it is to be kept: what it quotes of the personal fields is hidden as they are, and so are the rows that
     * tell words of them. What was concluded stays: the event type still tells what the text was about.
     *
     * @param answer as it is given
     * @param quotes the texts in which an answer may quote, each with the name of its member
     * @param rows ids of the rows that tell words of the fields
     */
    String hiddenAnswer(ObjectNode request, String answer, Set<Quote> quotes, Set<String> rows, String identity) {
        if (how == How.KEPT || (quotes.isEmpty() && rows.isEmpty())) {
            return answer;
        }
        List<String> texts = fields.stream()
                .map(request::at)
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .toList();
        Set<Quote> quoted = quotes.stream()
                .filter(quote -> quote.text().length() > 1)
                .filter(quote -> texts.stream().anyMatch(text -> text.contains(quote.text())))
                .collect(Collectors.toSet());
        if (quoted.isEmpty() && rows.isEmpty()) {
            return answer;
        }
        try {
            JsonNode json = Json.read(answer);
            replace(json, (member, text, row) -> {
                boolean personal = quoted.contains(new Quote(member, text))
                        || rows.contains(text)
                        || (OF_ROW.contains(member) && rows.contains(row));
                return !personal ? text : how == How.MASKED ? MASK : encrypted(text, identity + ANSWER);
            });
            return Json.write(json);
        } catch (BadRequestException e) {
            throw new IllegalStateException("an answer is JSON", e);
        }
    }

    /**
     * A text that an answer may have from the request.
     *
     * @param member the name of the member that holds it
     */
    record Quote(String member, String text) {}

    /** What tells an entry from all others: a text that is moved to another cannot be read there. */
    static String identity(String decision, Instant keptAt) {
        return decision + "\n" + keptAt.toEpochMilli() + "\n";
    }

    /**
     * A request as it was asked, as far as it can be known here.
     *
     * @return null when its fields are masked, or encrypted and the key is not here or another, or they are another entry's
     */
    public @Nullable ObjectNode shown(Entry entry, ObjectNode request) {
        if (entry.personal() == How.KEPT) {
            return request;
        }
        if (entry.personal() == How.MASKED || key == null) {
            return null;
        }
        String identity = identity(entry.id(), entry.keptAt());
        try {
            return changed(request, (place, text) -> decrypted(text, identity + place));
        } catch (UnreadableException e) {
            return null;
        }
    }

    /** An answer byte for byte as it was given, as far as it can be known here; what is hidden stays hidden else. */
    public String answer(Entry entry) {
        if (entry.personal() != How.ENCRYPTED || key == null || !entry.answer().contains(BOUND)) {
            return entry.answer();
        }
        String of = identity(entry.id(), entry.keptAt()) + ANSWER;
        try {
            JsonNode json = Json.read(entry.answer());
            replace(json, (member, text, row) -> decrypted(text, of));
            return Json.write(json);
        } catch (BadRequestException | UnreadableException e) {
            return entry.answer();
        }
    }

    /** Whether what is encrypted in an entry can be read here. */
    boolean opens(Entry entry) {
        try {
            return Json.read(entry.request()) instanceof ObjectNode request && shown(entry, request) != null;
        } catch (BadRequestException e) {
            return false;
        }
    }

    @FunctionalInterface
    private interface Change {
        String of(String place, String text);
    }

    private ObjectNode changed(ObjectNode request, Change change) {
        ObjectNode copy = request.deepCopy();
        for (JsonPointer field : fields) {
            JsonNode value = copy.at(field);
            JsonNode parent = copy.at(field.head());
            if (!value.isMissingNode() && !value.isNull() && parent instanceof ObjectNode object) {
                String text = value.isString() ? value.stringValue() : value.toString();
                object.set(
                        field.last().getMatchingProperty(),
                        JsonNodeFactory.instance.stringNode(change.of(field.toString(), text)));
            }
        }
        return copy;
    }

    @FunctionalInterface
    private interface AnswerChange {
        /**
         * What stands in the place of a text.
         *
         * @param member the name of the member that is the text, or that is the list it stands in
         * @param row the id of the row that stands beside it; empty without one
         */
        String of(String member, String text, String row);
    }

    /** Replaces texts of an answer, in place. */
    private static void replace(JsonNode json, AnswerChange change) {
        if (json instanceof ObjectNode object) {
            String row = object.path(ROW).stringValue("");
            for (Map.Entry<String, JsonNode> each : object.properties()) {
                if (each.getValue().isString()) {
                    each.setValue(JsonNodeFactory.instance.stringNode(
                            change.of(each.getKey(), each.getValue().stringValue(), row)));
                } else if (each.getValue() instanceof ArrayNode list) {
                    replace(list, each.getKey(), row, change);
                } else {
                    replace(each.getValue(), change);
                }
            }
        }
    }

    private static void replace(ArrayNode list, String member, String row, AnswerChange change) {
        for (int i = 0; i < list.size(); i++) {
            JsonNode each = list.get(i);
            if (each.isString()) {
                list.set(i, JsonNodeFactory.instance.stringNode(change.of(member, each.stringValue(), row)));
            } else if (each instanceof ArrayNode inner) {
                replace(inner, member, row, change);
            } else {
                replace(each, change);
            }
        }
    }

    private String encrypted(String text, String of) {
        PersonalKey present = Objects.requireNonNull(key, "who encrypts has a key");
        return BOUND + present.id() + ":" + present.sealed(text.getBytes(StandardCharsets.UTF_8), of);
    }

    private String decrypted(String text, String of) {
        byte[] bytes;
        if (text.startsWith(BOUND)) {
            String[] parts = text.substring(BOUND.length()).split(":", 2);
            PersonalKey known = key != null && key.id().equals(parts[0]) ? key : older.get(parts[0]);
            bytes = known == null || parts.length < 2 ? null : known.opened(parts[1], of);
        } else if (text.startsWith(UNBOUND)) {
            bytes = unbound(text.substring(UNBOUND.length()));
        } else {
            return text;
        }
        if (bytes == null) {
            throw new UnreadableException();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private byte @Nullable [] unbound(String sealed) {
        return Stream.concat(Stream.ofNullable(key), older.values().stream())
                .map(each -> each.opened(sealed, ""))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** A field that no key here opens. */
    private static final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
