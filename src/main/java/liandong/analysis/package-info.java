/** Looks for what is wrong with a policy beyond what keeps it from being read. Rules and tables are asked, never changed. */
@NullMarked
package liandong.analysis;

import org.jspecify.annotations.NullMarked;
