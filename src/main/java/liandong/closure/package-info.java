/** Whether what is said to be done is done, and what follows (办结回访): its facts, rows, findings and fold. */
@NullMarked
package liandong.closure;

import org.jspecify.annotations.NullMarked;
