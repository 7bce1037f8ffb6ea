/**
 * A fifth decision that lives in the tests alone: may a grid worker be praised (网格员表扬). It proves that a decision is one
 * package, one rule file, one workbook and one line of the registry.
 */
@NullMarked
package liandong.praise;

import org.jspecify.annotations.NullMarked;
