/** What is wrong, where, and how to mend it. Depends on nothing but the JDK. */
@NullMarked
package liandong.problem;

import org.jspecify.annotations.NullMarked;
