/** A policy checked whole: what keeps it from being read, what its tables say together, and what each decision sees of it. */
@NullMarked
package liandong.check;

import org.jspecify.annotations.NullMarked;
