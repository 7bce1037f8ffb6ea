package liandong.table;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the tables that something asks for rules that consult it, to make ready what rules begin from, or for the answer once
 * the rules are done: what no rule names itself, and whoever wants to see which table is asked by what has to be told.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Asks {
    /** The rows of the tables. */
    Class<? extends Row>[] value() default {};

    /** Others that it consults, with everything that they ask. */
    Class<?>[] by() default {};
}
