package liandong.incident;

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
        @Bounds(min = 1, max = 64) String id,
        boolean urgent,
        boolean leaderOrMedia,
        boolean deferred,
        boolean closed,
        boolean onTime,
        @Bounds(max = 1_000) int failedChecks,
        boolean fraud,
        boolean shirked) {}
