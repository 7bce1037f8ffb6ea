/** A folder of rules and workbooks becomes one checked, immutable policy, or a list of everything that is wrong with it. */
@NullMarked
package liandong.policy;

import org.jspecify.annotations.NullMarked;
