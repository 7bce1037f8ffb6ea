/** Working time: when a limit falls due. Depends on {@code decision} only. */
@NullMarked
package liandong.calendar;

import org.jspecify.annotations.NullMarked;
