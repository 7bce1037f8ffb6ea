/** The program's entrance. */
@NullMarked
package liandong;

import org.jspecify.annotations.NullMarked;
