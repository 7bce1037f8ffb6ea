/** An answer as a person reads it: pages, phrases in both languages, reasons with the rows they rest on. */
@NullMarked
package liandong.explain;

import org.jspecify.annotations.NullMarked;
