/** Applies a policy to one set of facts, and says why. */
@NullMarked
package liandong.engine;

import org.jspecify.annotations.NullMarked;
