package liandong.open311;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
import org.jspecify.annotations.Nullable;

/**
 * What a query, or a form, says (application/x-www-form-urlencoded).
 *
 * <p>An empty field is as good as none, as GeoReport has it.
 *
 * @param fields by name, in their order
 */
public record Given(Map<String, List<String>> fields) {
    /** The field that a key is shown in. */
    public static final String KEY = "api_key";

    private static final int MOST = 200;
    private static final int HEX = 16;

    /** Nothing. */
    public static Given nothing() {
        return new Given(Map.of());
    }

    /**
     * What a text says.
     *
     * @throws BadRequestException if it cannot be decoded, or says too much
     */
    public static Given read(@Nullable String encoded) throws BadRequestException {
        var fields = new LinkedHashMap<String, List<String>>();
        if (encoded == null || encoded.isEmpty()) {
            return new Given(fields);
        }
        int count = 0;
        for (String field : encoded.split("&", MOST + 2)) {
            if (++count > MOST) {
                throw refused(">" + MOST);
            }
            if (!field.isEmpty()) {
                int equals = field.indexOf('=');
                String name = decoded(equals < 0 ? field : field.substring(0, equals));
                String value = equals < 0 ? "" : decoded(field.substring(equals + 1));
                fields.computeIfAbsent(name, each -> new ArrayList<>()).add(value);
            }
        }
        return new Given(fields);
    }

    /** The same and what another says. */
    public Given and(Given other) {
        var all = new LinkedHashMap<String, List<String>>();
        Stream.of(this, other)
                .forEach(each -> each.fields.forEach((name, values) ->
                        all.computeIfAbsent(name, key -> new ArrayList<>()).addAll(values)));
        return new Given(all);
    }

    private static String decoded(String encoded) throws BadRequestException {
        byte[] bytes = new byte[encoded.length() * 3];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            int letter = encoded.codePointAt(i);
            if (letter == '%') {
                int high = i + 2 < encoded.length() ? hex(encoded.charAt(i + 1)) : -1;
                int low = i + 2 < encoded.length() ? hex(encoded.charAt(i + 2)) : -1;
                if (high < 0 || low < 0) {
                    throw refused(FactReader.shortened(encoded.substring(i)));
                }
                bytes[length++] = (byte) (high * HEX + low);
                i += 2;
            } else if (letter == '+') {
                bytes[length++] = ' ';
            } else {
                for (byte each : Character.toString(letter).getBytes(StandardCharsets.UTF_8)) {
                    bytes[length++] = each;
                }
                i += Character.charCount(letter) - 1;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused(FactReader.shortened(encoded));
        }
    }

    /** What a hexadecimal digit is worth; -1 for what is none, such as a full-width one. */
    private static int hex(char digit) {
        return digit < 0x80 ? Character.digit(digit, HEX) : -1;
    }

    private static BadRequestException refused(String what) {
        return new BadRequestException(false, List.of(Problem.of(Code.BAD_FORM, new FileRef("form"), what, MOST)));
    }

    /** What a field says; null when it says nothing. */
    public @Nullable String first(String name) {
        return all(name).stream().findFirst().orElse(null);
    }

    /** Everything that a field says, once for each time that it stands there. */
    List<String> all(String name) {
        return fields.getOrDefault(name, List.of()).stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** What a field lists, separated by commas, however often it stands there. */
    List<String> listed(String name) {
        return all(name).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
    }

    /** The same without the key that it shows. */
    public Given keyless() {
        var all = new LinkedHashMap<>(fields);
        all.remove(KEY);
        return new Given(all);
    }

    /** What it says, in one text; two that say the same have the same. */
    public String spelled() {
        var text = new StringBuilder();
        fields.forEach((name, values) -> values.forEach(value -> text.append(name.length())
                .append(':')
                .append(name)
                .append(value.length())
                .append(':')
                .append(value)));
        return text.toString();
    }

    /** The names of fields of a kind: {@code attribute[code]} or {@code attribute[code][]}. */
    Map<String, List<String>> attributes() {
        var attributes = new LinkedHashMap<String, List<String>>();
        fields.keySet().forEach(name -> {
            String code = attribute(name);
            if (code != null && !all(name).isEmpty()) {
                attributes.computeIfAbsent(code, key -> new ArrayList<>()).addAll(all(name));
            }
        });
        return attributes;
    }

    /** What an attribute's field is about; null for a field that is none. */
    static @Nullable String attribute(String name) {
        String plain = name.endsWith("[]") ? name.substring(0, name.length() - 2) : name;
        return plain.startsWith("attribute[") && plain.endsWith("]")
                ? plain.substring("attribute[".length(), plain.length() - 1)
                : null;
    }
}
