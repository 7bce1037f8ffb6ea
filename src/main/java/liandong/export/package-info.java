/** The tables of a policy as other programs read them. Tables are read, never changed; what is written is code. */
@NullMarked
package liandong.export;

import org.jspecify.annotations.NullMarked;
