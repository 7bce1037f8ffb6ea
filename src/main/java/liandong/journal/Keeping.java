package liandong.journal;

/** What becomes of an answer that cannot be kept. */
public enum Keeping {
    /** It is not given: whoever asked is told to ask again. */
    REQUIRED,
    /** It is given all the same; a count tells how many were not kept. */
    BEST_EFFORT,
    /** Nothing is kept at all. */
    OFF
}
