/** Workbooks become cells: xlsx files read safely, whatever is in them. Knows no table. */
@NullMarked
package liandong.sheet;

import org.jspecify.annotations.NullMarked;
