package liandong.escalation;

import liandong.calendar.Limit;
import org.jspecify.annotations.Nullable;

/** How a time that a row gives shrinks with the limit of the stage it is about (按比例). */
final class StageShare {
    private StageShare() {}

    /** A limit or, where that is shorter, so much of the one that a stage has, in whole units of its clock where those are days. */
    static @Nullable Limit noMoreThan(@Nullable Integer share, @Nullable Limit limit, OpenStage stage) {
        String told = stage.stage().limit();
        Limit own = told == null ? null : Limit.parse(told);
        if (limit == null || share == null || own == null) {
            return limit;
        }
        Limit part = own.share(share);
        return part.amount().signum() > 0 && part.aboutDays() < limit.aboutDays() ? part : limit;
    }

    /** The same of how often something comes again, but no more often than after a least time. */
    static @Nullable Limit often(
            @Nullable Limit every, @Nullable Integer share, @Nullable Limit atLeast, OpenStage stage) {
        Limit often = noMoreThan(share, every, stage);
        return often == null || atLeast == null || often.aboutDays() >= atLeast.aboutDays() ? often : atLeast;
    }
}
