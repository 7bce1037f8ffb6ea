/** What every decision has in common, and the registry that names them all. */
@NullMarked
package liandong.decision;

import org.jspecify.annotations.NullMarked;
