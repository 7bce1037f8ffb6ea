package liandong.decision;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.incident.Body;
import org.jspecify.annotations.Nullable;

/**
 * Who does what by when (交办).
 *
 * @param route the way the matter takes
 * @param lead the body that leads
 * @param assisting the bodies that assist, in their order; empty for none
 * @param conference the joint conference that takes it if the lead cannot; null for none
 * @param informed who is told; empty for nobody
 * @param stages what is to be done, in order, each with its due time; never empty
 * @param nextReviewAt when the calling system should ask again: the earliest due time
 */
public record Assignment(
        Route route,
        Body lead,
        List<Body> assisting,
        @Nullable Body conference,
        List<Body> informed,
        List<Stage> stages,
        OffsetDateTime nextReviewAt) {}
