/** Workbooks are given back to people: with what was found marked in them, or made pleasant to edit. */
@NullMarked
package liandong.workbook;

import org.jspecify.annotations.NullMarked;
