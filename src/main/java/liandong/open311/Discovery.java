package liandong.open311;

import java.util.List;
import liandong.incident.Member;

/** Where the service speaks Open311, as its service discovery tells it. */
public record Discovery(
        @Member(meaning = "when services last changed; can be sorted", example = "\"2026-11-20T16:30:00+08:00\"")
        String changeset,

        @Member(meaning = "whom to ask about the service", example = "\"Ask the operator of this service.\"")
        String contact,

        @Member(
                name = "key_service",
                meaning = "how to get a key",
                example = "\"Keys are made by the operator of this service, for one caller each.\"")
        String keyService,

        @Member(meaning = "where it speaks which version") List<Endpoint> endpoints) {
    /** The specification that is spoken. */
    private static final String GEOREPORT = "http://wiki.open311.org/GeoReport_v2";

    /** One place. */
    public record Endpoint(
            @Member(meaning = "which specification", example = "\"http://wiki.open311.org/GeoReport_v2\"")
            String specification,

            @Member(meaning = "its address", example = "\"https://liandong.example/open311/v2\"")
            String url,

            @Member(meaning = "when services last changed; can be sorted", example = "\"2026-11-20T16:30:00+08:00\"")
            String changeset,

            @Member(meaning = "always production: what is sent is decided and kept", example = "\"production\"")
            String type,

            @Member(meaning = "the media types that it answers", example = "\"text/xml\"")
            List<String> formats) {}

    /** A service that speaks GeoReport v2 at one place. */
    public static Discovery of(String url, String changeset, String contact, String key) {
        return new Discovery(
                changeset,
                contact,
                key,
                List.of(new Endpoint(
                        GEOREPORT, url, changeset, "production", List.of("text/xml", "application/json"))));
    }
}
