package liandong.incident;

import org.jspecify.annotations.Nullable;

/** A term that lies within a wider one; a condition that names the wider one holds for it too. */
public interface Nested {
    /** The wider term; null for the widest. */
    @Nullable
    Term parent();
}
