/** What came of what rows and rules decided: which of them are to be mended (行的质量). */
@NullMarked
package liandong.quality;

import org.jspecify.annotations.NullMarked;
