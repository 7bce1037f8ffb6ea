package liandong.open311;

import java.util.List;
import liandong.incident.Member;
import org.jspecify.annotations.Nullable;

/** What a request for a service may say besides, as GeoReport defines it. */
public record ServiceDefinition(
        @Member(name = "service_code", meaning = "the service", example = "\"STREET_LIGHT\"")
        String code,

        @Member(meaning = "what may be sent as attribute[code]")
        List<Attribute> attributes) {

    /** One thing that may be said. */
    public record Attribute(
            @Member(meaning = "always true: it is to be filled in")
            boolean variable,

            @Member(meaning = "what it is sent as", example = "\"lifeInDanger\"")
            String code,

            @Member(meaning = "singlevaluelist: one of values; number: a whole number", example = "\"singlevaluelist\"")
            String datatype,

            @Member(meaning = "whether it must be said") boolean required,

            @Member(
                    name = "datatype_description",
                    meaning = "how to say it; absent when that goes without saying",
                    example = "\"May be left out.\"")
            @Nullable
            String datatypeDescription,

            @Member(meaning = "its place among the others, from 1", example = "1")
            int order,

            @Member(meaning = "what is asked", example = "\"Life in danger\"")
            String description,

            @Member(meaning = "what it can be; absent when it is no list") @Nullable
            List<Value> values) {}

    /** One of several answers. */
    public record Value(
            @Member(meaning = "what is sent", example = "\"true\"")
            String key,

            @Member(meaning = "what people read", example = "\"yes\"")
            String name) {}
}
