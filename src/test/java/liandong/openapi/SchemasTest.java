package liandong.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.MatterKind;
import liandong.incident.Member;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** JSON schemas, read off records. */
class SchemasTest {
    record Inner(
            @Member(meaning = "how much", unit = "percent") @Bounds(max = 100)
            BigDecimal share) {}

    record Outer(
            @Member(meaning = "its name", example = "\"a\"") @Bounds(min = 1, max = 8)
            String name,

            @Member(meaning = "who has it") @Nullable Body body,
            @Member(meaning = "which kind") MatterKind kind,

            @Member(meaning = "what is in it", leftOutWhenEmpty = true)
            List<Inner> inners) {}

    record Flat(
            @Member(meaning = "what it is", flattened = true) @Nullable
            Inner inner,

            @Member(meaning = "what there is besides", flattened = true)
            Map<String, List<Inner>> besides) {}

    record Silent(String name) {}

    private final Schemas schemas = new Schemas(List.of());

    private String named(String name) {
        return String.valueOf(schemas.named().get(name));
    }

    @Test
    void what_is_answered_always_has_what_is_neither_absent_nor_left_out() {
        assertThat(schemas.answered(Outer.class)).hasToString("{\"$ref\":\"#/components/schemas/SchemasTestOuter\"}");
        assertThat(named("SchemasTestOuter"))
                .isEqualTo("{\"type\":\"object\",\"required\":[\"name\",\"kind\"],\"properties\":{"
                        + "\"name\":{\"description\":\"Its name\",\"type\":\"string\",\"minLength\":1,\"maxLength\":8,"
                        + "\"examples\":[\"a\"]},"
                        + "\"body\":{\"description\":\"Who has it\",\"$ref\":\"#/components/schemas/Body\"},"
                        + "\"kind\":{\"description\":\"Which kind\",\"$ref\":\"#/components/schemas/MatterKind\"},"
                        + "\"inners\":{\"description\":\"What is in it\",\"type\":\"array\","
                        + "\"items\":{\"$ref\":\"#/components/schemas/SchemasTestInner\"}}}}");
        assertThat(named("SchemasTestInner"))
                .isEqualTo("{\"type\":\"object\",\"required\":[\"share\"],\"properties\":{\"share\":{"
                        + "\"description\":\"How much (percent)\",\"type\":\"number\",\"minimum\":0,\"maximum\":100,"
                        + "\"examples\":[1.5]}}}");
    }

    @Test
    void what_is_sent_must_have_what_nothing_stands_for_and_may_have_nothing_unknown() {
        schemas.sent(Outer.class);

        assertThat(named("SchemasTestOuterInput"))
                .contains("\"required\":[\"name\",\"kind\"]")
                .contains("\"body\":{\"description\":\"Who has it\",\"$ref\":\"#/components/schemas/BodyInput\"}")
                .contains("\"maxItems\":10000")
                .endsWith("\"default\":[]}},\"additionalProperties\":false}");
        assertThat(named("SchemasTestInnerInput")).doesNotContain("required").contains("\"default\":0");
        assertThat(named("BodyInput")).contains("\"anyOf\":[{\"type\":\"string\"");
    }

    @Test
    void members_that_stand_in_the_place_of_another_are_its_owners() {
        schemas.answered(Flat.class);

        assertThat(named("SchemasTestFlat"))
                .isEqualTo("{\"type\":\"object\",\"properties\":{\"share\":{\"description\":\"How much (percent)\","
                        + "\"type\":\"number\",\"minimum\":0,\"maximum\":100,\"examples\":[1.5]}},"
                        + "\"additionalProperties\":{\"type\":\"array\","
                        + "\"items\":{\"$ref\":\"#/components/schemas/SchemasTestInner\"},"
                        + "\"description\":\"What there is besides\"}}");
    }

    @Test
    void a_member_that_nothing_explains_is_refused() {
        assertThatThrownBy(() -> schemas.answered(Silent.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing says what")
                .hasMessageContaining("Silent.name()");
    }

    @Test
    void two_types_of_one_name_are_refused() {
        schemas.answered(Inner.class);

        assertThatThrownBy(() -> schemas.answered(SchemasTestInner.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("two schemas would be called SchemasTestInner");
    }
}

/** Bears the name that a type within the test gets. */
record SchemasTestInner(@Member(meaning = "how often") int times) {}
