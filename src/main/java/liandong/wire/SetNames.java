package liandong.wire;

import liandong.incident.Term;

/** What callers know the sets of words by. */
public final class SetNames {
    private SetNames() {}

    /** {@code EventType} → {@code eventTypes}, {@code Category} → {@code categories}. */
    public static String of(Class<? extends Term> set) {
        String name = Character.toLowerCase(set.getSimpleName().charAt(0))
                + set.getSimpleName().substring(1);
        if (name.endsWith("y")) {
            return name.endsWith("By") ? name : name.substring(0, name.length() - 1) + "ies";
        }
        return name + (name.endsWith("s") ? "es" : "s");
    }
}
