package liandong.incident;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The smallest and largest value of a number, the shortest and longest length of a text, or the largest number of elements of a
 * list; all inclusive.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Bounds {
    /** Least value or length. */
    long min() default 0;

    /** Greatest value or length. */
    long max();
}
