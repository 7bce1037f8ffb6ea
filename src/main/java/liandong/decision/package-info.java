/** What may be concluded: rows of the tables, findings of the rules, and the decision they fold into. JDK and facts only. */
@NullMarked
package liandong.decision;

import org.jspecify.annotations.NullMarked;
