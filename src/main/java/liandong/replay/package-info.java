/** What was decided, decided again: by the policy of then, which must say the same, or by a draft, to see what it changes. */
@NullMarked
package liandong.replay;

import org.jspecify.annotations.NullMarked;
