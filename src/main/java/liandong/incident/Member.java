package liandong.incident;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a member of a request or an answer is.
 *
 * <p>Said once, on the record component that holds it; read by everything that has to know: JSON, the OpenAPI document, the
 * columns of scenario workbooks, the journal's search terms, what replay counts as a change, CSV, and explanations.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Member {
    /** What it means, as a phrase without a full stop, e.g. {@code "when it must be done at the latest"}. */
    String meaning();

    /**
     * What it is called in a sheet: Chinese name, a space, English name; empty when a {@link Column} names it, or nothing
     * does.
     */
    String label() default "";

    /** The Chinese name it had in scenarios of earlier releases, which are still read; empty when it was never renamed. */
    String formerly() default "";

    /** Its name in JSON where Java cannot use it, e.g. {@code "class"}; empty for the component's own. */
    String name() default "";

    /** What a number counts, e.g. {@code "percent"}; empty when that goes without saying. */
    String unit() default "";

    /** A value as JSON, e.g. {@code "\"SC-2026-000123\""}; empty when its type has one to offer. */
    String example() default "";

    /** What part it plays. */
    Role role() default Role.NONE;

    /** What stands before the Chinese labels of the members within it, where a record occurs twice; empty for nothing. */
    String prefix() default "";

    /**
     * Whether it shows how an answer was come to rather than what was decided, so that a case that is recorded as a scenario
     * does not expect it. What plays the part {@link Role#WHY} or {@link Role#ROW} always does.
     */
    boolean trace() default false;

    /** Whether an empty list or text, or no, is left out of JSON, as null always is. */
    boolean leftOutWhenEmpty() default false;

    /** Whether the members of this record, or the entries of this map, stand in the place of the member itself. */
    boolean flattened() default false;

    /** What part a member plays in an answer. */
    enum Role {
        /** None that a program need know. */
        NONE,
        /** What the answer is about, as callers know it. */
        SUBJECT,
        /** How it ends: a code by which answers are counted and found. */
        OUTCOME,
        /** Why it ends so: a code. */
        REASON,
        /** The body that leads. */
        LEAD,
        /** When something is due. */
        DUE,
        /** Why an answer is as it is, or what it is called: another value is no other decision. */
        WHY,
        /** What something is called, for people: another name is no other decision. */
        NAME,
        /** The id of a row of a table. */
        ROW
    }
}
