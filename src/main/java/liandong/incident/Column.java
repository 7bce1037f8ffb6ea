package liandong.incident;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The header under which an attribute of a fact, or a component of a row, stands in a sheet.
 *
 * <p>On a fact it makes the attribute usable as a condition column of every table that is asked about the fact; on a row
 * record it names the conclusion column that fills the component.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Column {
    /** Chinese name, a space, English name, e.g. {@code "事项 Event type"}; the Chinese name is what a header must begin with. */
    String value();

    /** On a row: whether a cell of the column may be empty. */
    boolean optional() default false;

    /**
     * On a row: whether the whole column may be left out, as it came later or few policies have a use for it. Any other column
     * that is not there was deleted, and nothing would be concluded from it.
     */
    boolean mayBeAbsent() default false;
}
