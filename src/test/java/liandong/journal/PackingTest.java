package liandong.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import liandong.digest.Sha256;
import liandong.journal.Packing.Texts;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PackingTest {
    private static final Texts TEXTS = new Texts(
            "{\"incident\":{\"id\":\"A-1\",\"text\":\"路灯不亮 {\\\"code\\\":\\\"X\\\"}\"}}",
            "{\"decisionId\":\"1\",\"lead\":{\"code\":\"A\",\"label\":\"甲\"},\"because\":[{\"rule\":\"R-1\",\"title\":\"有}和\\\"的\"}],"
                    + "\"policy\":{\"version\":\"f00d\",\"label\":\"stock\"}}",
            "body A\nbody 甲\nrule R-1",
            "f00d");

    /** Numbers as a store gives them, and what they are given for. */
    private final Map<String, Long> numbers = new HashMap<>();

    private final Map<Long, String> texts = new HashMap<>();

    private long number(String text) {
        return numbers.computeIfAbsent(text, each -> {
            texts.put(numbers.size() + 1L, each);
            return numbers.size() + 1L;
        });
    }

    private static byte[] packed(Texts texts) {
        return Objects.requireNonNull(Packing.packed(texts, text -> 0));
    }

    @Test
    void terms_reasons_the_policy_and_marks_are_shared_and_nothing_else() {
        byte[] packed = Objects.requireNonNull(Packing.packed(TEXTS, this::number));

        assertThat(numbers.keySet())
                .containsExactlyInAnyOrder(
                        "{\"code\":\"A\",\"label\":\"甲\"}",
                        "{\"rule\":\"R-1\",\"title\":\"有}和\\\"的\"}",
                        "{\"version\":\"f00d\",\"label\":\"stock\"}",
                        "body A",
                        "body 甲",
                        "rule R-1",
                        "f00d");
        assertThat(Packing.unpacked(packed, texts::get)).isEqualTo(TEXTS);
    }

    @Test
    void an_entry_one_of_whose_shared_texts_is_gone_is_not_read_as_something_else() {
        byte[] packed = Objects.requireNonNull(Packing.packed(TEXTS, this::number));
        texts.remove(3L);

        assertThatThrownBy(() -> Packing.unpacked(packed, texts::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a shared text is gone");
    }

    @Test
    void texts_with_the_signs_that_packing_uses_are_left_as_they_are() {
        assertThat(Packing.packed(new Texts("{}", "{}", "caller \u0001", ""), text -> 0))
                .isNull();
        assertThat(Packing.packed(new Texts("\u0002", "{}", "", ""), text -> 0)).isNull();
    }

    @Test
    void what_no_journal_packed_is_refused() {
        byte[] packed = packed(TEXTS);
        List<byte[]> wrong = new ArrayList<>(List.of(new byte[0], new byte[] {1}, new byte[] {9, 0, 0}));
        byte[] otherForm = packed.clone();
        otherForm[0] = 2;
        wrong.add(otherForm);
        wrong.add(Arrays.copyOf(packed, packed.length - 3));
        for (byte[] each : wrong) {
            assertThatThrownBy(() -> Packing.unpacked(each, number -> null))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (int i = 0; i < packed.length - 1; i++) { // the last bits are filling
            byte[] changed = packed.clone();
            changed[i] ^= 0x10;
            try {
                assertThat(Packing.unpacked(changed, number -> null)).isNotEqualTo(TEXTS);
            } catch (IllegalArgumentException e) {
                // refused
            }
        }
    }

    @Property
    void every_text_comes_back_to_the_byte(
            @ForAll("json") String request, @ForAll("json") String answer, @ForAll List<String> marks) {
        var given = new Texts(request, answer, String.join("\n", marks), "f".repeat(64));
        Map<String, Long> known = new ConcurrentHashMap<>();
        Map<Long, String> back = new ConcurrentHashMap<>();
        for (int time = 0; time < 2; time++) {
            boolean share = time > 0;
            byte[] packed = Packing.packed(given, text -> {
                long number = known.computeIfAbsent(text, each -> known.size() + 1L);
                back.put(number, text);
                return share ? number : 0;
            });
            if (packed != null) {
                assertThat(Packing.unpacked(packed, back::get)).isEqualTo(given);
            }
        }
    }

    /** Texts that look like answers, well formed or not. */
    @Provide
    static Arbitrary<String> json() {
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.of(
                        "{\"code\":\"A\",\"label\":\"甲\"}",
                        "{\"rule\":\"R\",\"says\":\"\\\"}\\\\\"}",
                        "{\"code\":\"",
                        "{\"rule\":\"x\\",
                        "{\"version\":\"v\",\"more\":{}}",
                        "}",
                        "\"",
                        "\\",
                        "[",
                        ",",
                        "12",
                        "\n"),
                Arbitraries.strings().excludeChars('\ud800').ofMaxLength(20).filter(PackingTest::isWhole));
        return Combinators.combine(piece.list().ofMaxSize(40), Arbitraries.of("", "{\"a\":"))
                .as((pieces, start) -> start + String.join("", pieces));
    }

    /** Half a pair of surrogates is no text: no request that has one is let in. */
    private static boolean isWhole(String text) {
        return text.chars().noneMatch(c -> Character.isSurrogate((char) c));
    }

    @Test
    void the_dictionary_of_a_form_that_was_released_is_never_changed() throws IOException {
        try (InputStream file = Objects.requireNonNull(Packing.class.getResourceAsStream("packing-1.txt"))) {
            assertThat(Sha256.hex(file.readAllBytes()))
                    .isEqualTo("b11021c17f867df1811e81fac68e1ef6429011eacc3dd79893266bab986fc389");
        }
    }
}
