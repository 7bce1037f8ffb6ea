/** Who takes a report, by when and why (研判交办): its facts, rows, findings, fold and checks. */
@NullMarked
package liandong.routing;

import org.jspecify.annotations.NullMarked;
