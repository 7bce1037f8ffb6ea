package liandong.open311;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import liandong.incident.Member;
import org.jspecify.annotations.Nullable;

/** A report and where it stands, as GeoReport tells it. */
public record ServiceRequest(
        @Member(
                name = "service_request_id",
                meaning = "its id, which is that of the incident",
                example = "\"R-20261120-7KQ2M9XTBA\"")
        String id,

        @Member(meaning = "open or closed", example = "\"open\"")
        String status,

        @Member(
                name = "status_notes",
                meaning = "why it stands so; of a duplicate, the request it belongs to; absent when nothing says",
                example = "\"Duplicate request: the matter is handled as SC-2026-000101.\"")
        @Nullable
        String statusNotes,

        @Member(
                name = "service_name",
                meaning = "what people call the service; absent when nobody knows yet what it is about",
                example = "\"路灯故障\"")
        @Nullable
        String serviceName,

        @Member(
                name = "service_code",
                meaning = "the service it was sent for, or what it turned out to be about; empty when nobody knows",
                example = "\"STREET_LIGHT\"")
        String serviceCode,

        @Member(
                meaning = "the reporter's words; absent when there are none, and when they are hidden in the journal",
                example = "\"路口的路灯不亮\"")
        @Nullable
        String description,

        @Member(
                name = "agency_responsible",
                meaning = "who has it; absent when nobody has yet",
                example = "\"区综合行政执法局\"")
        @Nullable
        String agency,

        @Member(
                name = "service_notice",
                meaning = "what happens, and what to do in danger",
                example = "\"由区综合行政执法局办理。\"")
        @Nullable
        String notice,

        @Member(name = "requested_datetime", meaning = "when it was first decided, to the second")
        OffsetDateTime requested,

        @Member(name = "updated_datetime", meaning = "when it was last decided; of a closed one, when it was closed")
        OffsetDateTime updated,

        @Member(name = "expected_datetime", meaning = "when its last stage is due; absent when nothing is") @Nullable
        OffsetDateTime expected,

        @Member(meaning = "the address as it was sent", example = "\"清波门社区河坊街1号\"") @Nullable
        String address,

        @Member(name = "address_id", meaning = "the code of the area, if it was sent", example = "\"330102001051\"")
        @Nullable
        String addressId,

        @Member(name = "lat", meaning = "latitude in WGS84, if it was sent", example = "30.246") @Nullable
        BigDecimal latitude,

        @Member(name = "long", meaning = "longitude in WGS84, if it was sent", example = "120.169") @Nullable
        BigDecimal longitude,

        @Member(
                name = "media_url",
                meaning = "the address of a picture, if it was sent",
                example = "\"https://example.org/1.jpg\"")
        @Nullable
        String mediaUrl) {

    /** What is answered to who sends one. */
    public record Accepted(
            @Member(
                    name = "service_request_id",
                    meaning = "its id, by which it can be asked for; ids are given at once, there are no tokens",
                    example = "\"R-20261120-7KQ2M9XTBA\"")
            String id,

            @Member(
                    name = "service_notice",
                    meaning = "what happens: who takes it, by when; and what to do in danger, to be shown at once",
                    example = "\"由区综合行政执法局办理。应于 2026-11-25 17:30 前办结。\"")
            String notice,

            @Member(name = "account_id", meaning = "as it was sent; it is not kept", example = "\"123456\"") @Nullable
            String accountId) {}
}
