/** What is reported, and the vocabulary it is reported in. Depends on nothing but the JDK. */
@NullMarked
package liandong.incident;

import org.jspecify.annotations.NullMarked;
