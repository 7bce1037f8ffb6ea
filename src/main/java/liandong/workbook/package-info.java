/** Workbooks given to people: with what was found marked in them, made pleasant to edit, or made to report something. */
@NullMarked
package liandong.workbook;

import org.jspecify.annotations.NullMarked;
