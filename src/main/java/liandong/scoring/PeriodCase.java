package liandong.scoring;

import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.Member;
import org.jspecify.annotations.Nullable;

/**
 * One case that fell due in a period, in the few words its counts need.
 *
 * @param id the caller's reference, opaque, 1–64 characters
 * @param urgent whether it was urgent
 * @param leaderOrMedia whether a leader or the media had taken notice
 * @param deferred whether its handling was put off with leave (缓办)
 * @param closed whether it has been closed
 * @param onTime whether it was closed within its limit
 * @param failedChecks how many checks found it not done
 * @param fraud whether it was reported as done when it was not
 * @param shirked whether it was refused or passed on without cause
 * @param responded whether the citizen was answered in time; null when not known
 * @param resolved whether it was solved; null when not known
 * @param satisfied whether the citizen is satisfied; null when nobody has asked
 * @param firstTimeRight whether it was closed without redo or reopening; null when not known
 * @param onTimeForCitizen whether it was closed on time counted from the report, no matter which body had it; null when not known
 * @param checks how often it was checked; null when not known
 * @param contested whether the body has appealed against how it counts
 * @param excluded why it is not the body's fault, as a person has found (剔除), 1–200 characters; null when it counts
 * @param excludedBy on whose behalf that person found so; null when it counts, and when not told
 */
public record PeriodCase(
        @Member(
                label = "编号 Id",
                meaning = "the caller's reference, opaque, 1–64 characters",
                example = "\"SC-2026-000123\"")
        @Bounds(min = 1, max = 64)
        String id,

        @Member(label = "紧急 Urgent", meaning = "whether it was urgent")
        boolean urgent,

        @Member(label = "领导媒体 Leader or media", meaning = "whether a leader or the media had taken notice")
        boolean leaderOrMedia,

        @Member(label = "缓办 Deferred", meaning = "whether its handling was put off with leave")
        boolean deferred,

        @Member(label = "结案 Closed", meaning = "whether it has been closed")
        boolean closed,

        @Member(label = "按期 On time", meaning = "whether it was closed within its limit")
        boolean onTime,

        @Member(label = "核查不合格 Failed checks", meaning = "how many checks found it not done") @Bounds(max = 1_000)
        int failedChecks,

        @Member(label = "弄虚作假 Fraud", meaning = "whether it was reported as done when it was not")
        boolean fraud,

        @Member(label = "推诿 Shirked", meaning = "whether it was refused or passed on without cause")
        boolean shirked,

        @Member(label = "响应 Responded", meaning = "whether the citizen was answered in time; absent when not known")
        @Nullable
        Boolean responded,

        @Member(label = "解决 Resolved", meaning = "whether it was solved; absent when not known") @Nullable
        Boolean resolved,

        @Member(label = "满意 Satisfied", meaning = "whether the citizen is satisfied; absent when nobody has asked")
        @Nullable
        Boolean satisfied,

        @Member(
                label = "一次办结 First time right",
                meaning = "whether it was closed without redo or reopening; absent when not known")
        @Nullable
        Boolean firstTimeRight,

        @Member(
                label = "群众按期 On time for the citizen",
                meaning =
                        "whether it was closed on time counted from the report, no matter which body had it; absent when not known")
        @Nullable
        Boolean onTimeForCitizen,

        @Member(label = "核查次数 Checks", meaning = "how often it was checked; absent when not known")
        @Bounds(max = 1_000)
        @Nullable
        Integer checks,

        @Member(label = "申诉 Contested", meaning = "whether the body has appealed against how it counts")
        boolean contested,

        @Member(
                label = "剔除理由 Excluded",
                meaning =
                        "why it is not the body's fault, as a person has found: then it is taken out before anything is"
                                + " counted; absent when it counts",
                example = "\"诉求超出政策规定，已向来访人解释\"")
        @Bounds(min = 1, max = 200)
        @Nullable
        String excluded,

        @Member(label = "剔除认定 Excluded by", meaning = "on whose behalf that person found so; absent when it counts")
        @Nullable
        Body excludedBy) {
    /** A case of which nothing is said but what the older counts need. */
    public PeriodCase(
            String id,
            boolean urgent,
            boolean leaderOrMedia,
            boolean deferred,
            boolean closed,
            boolean onTime,
            int failedChecks,
            boolean fraud,
            boolean shirked) {
        this(
                id,
                urgent,
                leaderOrMedia,
                deferred,
                closed,
                onTime,
                failedChecks,
                fraud,
                shirked,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                null);
    }

    /** Whether it tells something that only shares need. */
    boolean tellsMore() {
        return responded != null
                || resolved != null
                || satisfied != null
                || firstTimeRight != null
                || onTimeForCitizen != null
                || checks != null;
    }
}
