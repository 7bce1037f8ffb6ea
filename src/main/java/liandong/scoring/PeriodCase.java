package liandong.scoring;

import liandong.incident.Bounds;
import liandong.incident.Member;

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
        boolean shirked) {}
