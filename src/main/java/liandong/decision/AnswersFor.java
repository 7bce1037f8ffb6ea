package liandong.decision;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the rows of a sheet are to be mended for when it goes wrong more often with one of them than with the others. Rows of
 * a sheet without it are counted all the same.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AnswersFor {
    /** What may be their fault. */
    Trouble[] value();
}
