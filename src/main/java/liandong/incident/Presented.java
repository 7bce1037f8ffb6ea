package liandong.incident;

/** Something that answers write as another record: what it says to callers is less than what rules need of it. */
public interface Presented {
    /** What is written in its place. */
    Record presented();
}
