package liandong.table;

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

    /** The format of policies since which there is such a sheet; a policy of an earlier one need not have it. */
    int since() default 1;

    /** The last format of policies that must have such a sheet; a later one may do without it. */
    int until() default Integer.MAX_VALUE;

    /** Whether a policy of any format may do without it, and nothing is said when it does. */
    boolean optional() default false;

    /**
     * What it means when a policy of an earlier format has no such sheet, in English, as a phrase without a full stop, e.g.
     * {@code "no report is answered at once"}; to be said by every sheet that came after the first format.
     */
    String absent() default "no row applies";

    /** The same in Chinese. */
    String absentChinese() default "没有一行适用";

    /**
     * Whether all its rows are found by what the text of a report says, so that a row that applied tells words of the text.
     * The journal hides such rows where it hides texts.
     */
    boolean ofText() default false;

    /** Chinese names of attributes that are always known of the fact by the time the table is asked about it. */
    String[] known() default {};
}
