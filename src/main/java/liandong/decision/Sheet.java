package liandong.decision;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The sheet whose rows a record holds; sought by name in every workbook of {@code decision-tables/}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Sheet {
    /** The sheet's name. */
    String value();

    /** The type of the facts the table is asked about; their attributes may be condition columns. */
    Class<?> about();

    /** Chinese names of attributes that are always known of the fact by the time the table is asked about it. */
    String[] known() default {};
}
