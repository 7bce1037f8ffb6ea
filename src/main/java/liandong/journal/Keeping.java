package liandong.journal;

/** What becomes of an answer that cannot be kept. */
public enum Keeping {
    /** It is not returned: the caller gets an error and can repeat the request. */
    REQUIRED,
    /** It is returned all the same; a counter shows how many were not kept. */
    BEST_EFFORT,
    /** Nothing is kept at all. */
    OFF
}
