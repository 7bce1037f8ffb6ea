/** Workbooks become typed rows: cells, their grammar, and the index that answers which rows cover a fact. */
@NullMarked
package liandong.table;

import org.jspecify.annotations.NullMarked;
