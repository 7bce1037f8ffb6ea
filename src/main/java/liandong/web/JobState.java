package liandong.web;

/** How a job stands. */
enum JobState {
    /** It waits for its turn, or is at work. */
    RUNNING,
    /** There is an answer. */
    DONE,
    /** There is an answer, which says why there is no better one. */
    FAILED,
    /** It was ended before anything was done. */
    CANCELLED,
    /** The same, because the service stops. */
    INTERRUPTED
}
