package liandong.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liandong.Seeds;
import org.jspecify.annotations.Nullable;
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

    /** Of every kind of value that answers have. */
    private record Everything(
            String text,
            int number,
            @Nullable Boolean left,
            boolean yes,
            BigDecimal amount,
            Thread.State closed,
            OffsetDateTime at,
            List<Object> list,
            Map<String, Object> entries,
            @Nullable Everything within) {}

    @Test
    void a_record_is_written_as_its_tree_would_be() {
        OffsetDateTime at = OffsetDateTime.parse("2026-03-20T16:30:00+08:00");
        var inner = new Everything(
                "\"引\\\n\uD83D\uDE00",
                -7,
                null,
                false,
                new BigDecimal("1E+3"),
                Thread.State.NEW,
                at,
                List.of(),
                Map.of(),
                null);
        var outer = new Everything(
                "",
                0,
                true,
                true,
                new BigDecimal("12.50"),
                Thread.State.WAITING,
                at.withNano(5_000),
                List.of(1, "二", List.of(inner), at, 5_000_000_000L),
                Map.of("键", inner),
                inner);

        assertThat(Json.write(outer)).isEqualTo(Json.write(Json.object(outer)));
    }

    @Test
    void a_moment_is_written_as_iso_8601_has_it_to_the_second_at_least() {
        var random = Seeds.random();
        for (int i = 0; i < 10_000; i++) {
            OffsetDateTime moment = OffsetDateTime.of(
                    random.nextInt(12_000) - 1_000,
                    1 + random.nextInt(12),
                    1 + random.nextInt(28),
                    random.nextInt(24),
                    random.nextInt(60),
                    random.nextInt(3) * 29,
                    random.nextInt(4) == 0 ? random.nextInt(1_000_000_000) : 0,
                    ZoneOffset.ofTotalSeconds(
                            random.nextInt(3) == 0 ? random.nextInt(60_000) - 30_000 : 28_800 * random.nextInt(2)));

            assertThat(Moments.text(moment)).isEqualTo(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment));
        }
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
