package liandong.routing;

import liandong.incident.Term;

/** What words do to those around them (作用). */
public enum ContextEffect implements Term {
    /** The phrase itself is not read: a name or a saying that contains words it does not mean. */
    UNREAD("不读"),
    /** What stands directly before them names a place. */
    PLACE("处所"),
    /** What follows them in the clause, within their reach, is denied. */
    NEGATION("否定"),
    /** What is told is over, imagined, practised or a question: no danger now. */
    LIFTS_DANGER("解除危险"),
    /** What is told happened outside the district. */
    ELSEWHERE("外地"),
    /** Another matter begins with them. */
    NEXT_MATTER("另起一事"),
    /** A clause of nothing but such words is courtesy: it is not read, unless nothing else is said. */
    COURTESY("客套");

    private final String label;

    ContextEffect(String label) {
        this.label = label;
    }

    @Override
    public String code() {
        return name();
    }

    @Override
    public String label() {
        return label;
    }
}
