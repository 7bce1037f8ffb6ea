package liandong.routing;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import liandong.incident.Body;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who does what by when (交办).
 *
 * @param about what it is about; null when nobody knows
 * @param route the way the matter takes
 * @param lead the body that leads
 * @param chosenBy the body on whose behalf a person decided who leads; null when the rules did
 * @param contact how to reach the lead; null when the duty row says nothing, or another body leads than it names
 * @param assisting the bodies that assist, in their order; empty for none
 * @param conference the joint conference that takes it if the lead cannot; null for none
 * @param informed who is told; empty for nobody
 * @param stages what is to be done, in order, each with its due time; without those that the calendar does not reach
 * @param nextReviewAt when the calling system should ask again: the earliest due time; null when there is no stage
 */
public record Assignment(
        @Member(meaning = "what it is about", flattened = true) @Nullable
        Classification about,

        @Member(label = "路径 Route", meaning = "the way the matter takes")
        RoutingPath route,

        @Member(label = "牵头 Lead", meaning = "the body that leads", role = Role.LEAD)
        Body lead,

        @Member(
                label = "人工定单位 Lead chosen by",
                meaning = "the body on whose behalf a person decided who leads; absent when the rules did")
        @Nullable
        Body chosenBy,

        @Member(
                label = "联系方式 Contact",
                meaning = "how to reach the body that leads; when the duty row tells",
                example = "\"0571-12345678\"")
        @Nullable
        String contact,

        @Member(label = "配合 Assisting", meaning = "the bodies that assist, in their order")
        List<Body> assisting,

        @Member(label = "联席会议 Conference", meaning = "the joint conference that takes it if the lead cannot") @Nullable
        Body conference,

        @Member(label = "知会 Informed", meaning = "who is told")
        List<Body> informed,

        @Member(
                meaning =
                        "what is to be done, in order, each with its due time; a stage that the calendar does not reach is"
                                + " left out, which a warning says")
        List<PlannedStage> stages,

        @Member(
                label = "复核时间 Next review",
                meaning = "when to ask again at the latest: the earliest due time; absent without a stage")
        @Nullable
        OffsetDateTime nextReviewAt) {
    /** What a duty comes to with its stages. */
    static Assignment of(@Nullable Classification about, Duty duty, List<Body> informed, List<PlannedStage> stages) {
        return new Assignment(
                about,
                duty.route(),
                duty.lead(),
                null,
                duty.lead().equals(duty.row().lead()) ? duty.row().contact() : null,
                duty.assisting(),
                duty.row().conference(),
                informed,
                stages,
                earliest(stages));
    }

    /**
     * What a person's choice comes to with its stages.
     *
     * @param row the row of the duty catalogue for the matter, which names the joint conference; null for none
     */
    static Assignment of(
            @Nullable Classification about,
            Chosen chosen,
            @Nullable DutyRow row,
            List<Body> informed,
            List<PlannedStage> stages) {
        return new Assignment(
                about,
                chosen.route(),
                chosen.lead(),
                chosen.by(),
                row != null && chosen.lead().equals(row.lead()) ? row.contact() : null,
                chosen.assisting(),
                row == null ? null : row.conference(),
                informed,
                stages,
                earliest(stages));
    }

    private static @Nullable OffsetDateTime earliest(List<PlannedStage> stages) {
        return stages.stream()
                .map(PlannedStage::due)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The same with other stages, due at the same times. */
    Assignment with(List<PlannedStage> others) {
        return new Assignment(
                about,
                route,
                lead,
                chosenBy,
                contact,
                assisting,
                conference,
                informed,
                List.copyOf(others),
                nextReviewAt);
    }
}
