/** The digest by which content is named, drawn and chained. Depends on nothing but the JDK. */
@NullMarked
package liandong.digest;

import org.jspecify.annotations.NullMarked;
