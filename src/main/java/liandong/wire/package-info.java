/** How facts and decisions travel: JSON, NDJSON and CSV in, JSON out, and what is said of bad input. */
@NullMarked
package liandong.wire;

import org.jspecify.annotations.NullMarked;
