package liandong.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import liandong.publication.Proposal.State;
import liandong.publication.Proposal.What;
import liandong.publication.Publication.Kind;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;

/** Policies as callers get them: every member in its place. */
class PolicyJsonTest {
    private static final Instant THEN = Instant.parse("2026-11-20T08:30:00Z");

    private static final Publication FIRST =
            new Publication(1, 1, "c1", "v1", THEN, THEN, "liandong", Kind.FIRST, null, null);
    private static final Publication BACK =
            new Publication(3, 1, "c1", "v1", THEN, THEN, "li", Kind.ROLLBACK, 1L, null);

    private static final String FIRST_JSON = "{\"publication\":1,\"policy\":1,\"kind\":\"FIRST\",\"content\":\"c1\","
            + "\"version\":\"v1\",\"effectiveAt\":\"2026-11-20T08:30:00Z\",\"publishedAt\":\"2026-11-20T08:30:00Z\","
            + "\"by\":\"liandong\"}";

    private static final Proposal PROPOSAL = new Proposal(
            2,
            "二",
            "c2",
            State.APPROVED,
            Set.of("wang"),
            List.of(new Proposal.Approval("li", THEN, 1)),
            null,
            List.of(new Proposal.Entry(1, THEN, "wang", What.PUT, "c2", "二", 1, "")));

    private static final String BRIEF = "\"policy\":2,\"label\":\"二\",\"state\":\"APPROVED\",\"content\":\"c2\","
            + "\"authors\":[\"wang\"],\"approvals\":[{\"by\":\"li\",\"at\":\"2026-11-20T08:30:00Z\",\"over\":1}]";

    private static final String LOG = "\"log\":[{\"at\":\"2026-11-20T08:30:00Z\",\"by\":\"wang\",\"what\":\"PUT\","
            + "\"content\":\"c2\",\"label\":\"二\",\"note\":\"\"}]";

    @Test
    void a_list_has_what_is_live_what_is_to_be_and_policies_without_their_logs() {
        assertThat(Json.write(PolicyJson.of(List.of(PROPOSAL), FIRST, List.of())))
                .isEqualTo("{\"live\":" + FIRST_JSON + ",\"scheduled\":[],\"policies\":[{" + BRIEF + "}]}");
        assertThat(Json.write(PolicyJson.of(List.of(), null, List.of())))
                .isEqualTo("{\"scheduled\":[],\"policies\":[]}");
    }

    @Test
    void a_policy_has_its_log_and_what_was_kept_when_something_was_put_into_it() {
        assertThat(Json.write(PolicyJson.of(PROPOSAL))).isEqualTo("{" + BRIEF + "," + LOG + "}");
        assertThat(Json.write(PolicyJson.of(PROPOSAL).kept(List.of("rules"))))
                .isEqualTo("{" + BRIEF + "," + LOG + ",\"kept\":[\"rules\"]}");
    }

    @Test
    void a_publication_has_what_it_restores_and_what_is_still_to_come() {
        assertThat(Json.write(PolicyJson.of(BACK).before(List.of(FIRST))))
                .isEqualTo(
                        "{\"publication\":3,\"policy\":1,\"kind\":\"ROLLBACK\",\"content\":\"c1\",\"version\":\"v1\","
                                + "\"effectiveAt\":\"2026-11-20T08:30:00Z\",\"publishedAt\":\"2026-11-20T08:30:00Z\",\"by\":\"li\","
                                + "\"restores\":1,\"alone\":true,\"scheduled\":[" + FIRST_JSON + "]}");
    }
}
