package liandong.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What is said of texts that are no JSON, or JSON beyond what is read. */
class JsonTest {
    private static List<String> faults(String text) {
        var lines = new ArrayList<String>();
        assertThatThrownBy(() -> Json.read(text))
                .asInstanceOf(type(BadRequestException.class))
                .satisfies(e -> {
                    lines.add(e.isReadable() ? "422" : "400");
                    e.problems().forEach(problem -> lines.add(problem.line(Locale.ENGLISH)));
                });
        return lines;
    }

    @Test
    void what_is_no_json_says_where_it_breaks() {
        assertThat(faults("{\"a\":\n nothing}")).containsExactly("400", "/: BAD_JSON: This is not JSON: 2:2");
        assertThat(faults("")).containsExactly("400", "/: BAD_JSON: This is not JSON: empty");
        assertThat(faults("\uFEFF")).containsExactly("400", "/: BAD_JSON: This is not JSON: empty");
        assertThat(faults("{} {}")).containsExactly("400", "/: BAD_JSON: This is not JSON: 1:4");
        assertThat(faults("{}x").get(1)).startsWith("/: BAD_JSON: This is not JSON: 1:");
        assertThat(faults("{\"a\":1,\"a\":").get(1)).startsWith("/: BAD_JSON:");
    }

    @Test
    void a_limit_of_what_is_read_is_told_as_what_it_is() throws Exception {
        assertThat(faults("[".repeat(100_000)))
                .containsExactly(
                        "400",
                        "/: JSON_TOO_DEEP: The JSON is nested deeper than 64 levels, at 1:66."
                                + " Requests have less than ten levels.");
        String long201 =
                "/: NUMBER_TOO_LONG: The number at 1:%d has more than 200 characters, or an exponent beyond all"
                        + " numbers. Write it as people would.";
        assertThat(faults("{\"a\":" + "9".repeat(201) + "}").get(1)).startsWith("/: NUMBER_TOO_LONG: ");
        assertThat(faults("{\"a\":0." + "9".repeat(201) + "}").get(1)).startsWith("/: NUMBER_TOO_LONG: ");
        assertThat(faults("{\"a\":1e99999999999}")).containsExactly("400", long201.formatted(6));
        assertThat(faults("{\"a\":-1e-99999999999}")).containsExactly("400", long201.formatted(6));
        assertThat(faults("{\"" + "n".repeat(1_001) + "\":1}").get(1)).startsWith("/: NAME_TOO_LONG: ");
        assertThat(Json.read("[".repeat(64) + "]".repeat(64)).isArray()).isTrue();
        assertThat(Json.read("{\"a\":" + "9".repeat(200) + "}").path("a").isNumber())
                .isTrue();
    }

    @Test
    void every_member_that_is_given_twice_is_named_at_its_place() {
        assertThat(faults("{\"a\":{\"b/c\":1,\"b/c\":2},\"d\":[{\"e\":1},{\"e\":1,\"e\":1}],\"a\":3}"))
                .containsExactly(
                        "422",
                        "/a/b~1c: DUPLICATE_FIELD: The field \"b/c\" is given twice."
                                + " Give it once: nobody could say which of the two is meant.",
                        "/d/1/e: DUPLICATE_FIELD: The field \"e\" is given twice."
                                + " Give it once: nobody could say which of the two is meant.",
                        "/a: DUPLICATE_FIELD: The field \"a\" is given twice."
                                + " Give it once: nobody could say which of the two is meant.");
        assertThat(faults("{\"a\":1" + ",\"a\":1".repeat(1_000) + "}"))
                .hasSize(102)
                .endsWith("/: AND_MORE: 900 more are not listed."
                        + " Mend those that are listed first: the others often have the same cause.");
    }

    @Test
    void what_is_not_utf_8_says_from_which_byte_on() throws Exception {
        byte[] latin = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] surrogate = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};

        assertThat(told(latin))
                .isEqualTo("[/: NOT_UTF_8: The text is not UTF-8, from byte 7 on."
                        + " Send it as UTF-8; save a file as UTF-8.]");
        assertThat(told(surrogate)).contains("from byte 2 on");
        assertThat(told("路灯".getBytes(StandardCharsets.UTF_16))).contains("from byte 1 on");
        assertThat(Ndjson.decoded("路灯".getBytes(StandardCharsets.UTF_8))).isEqualTo("路灯");
    }

    private static String told(byte[] bytes) {
        try {
            return Ndjson.decoded(bytes);
        } catch (BadRequestException e) {
            return e.problems().stream()
                    .map(problem -> problem.line(Locale.ENGLISH))
                    .toList()
                    .toString();
        }
    }
}
