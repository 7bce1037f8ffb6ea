/** Who may call the service: keys, the people they were given to, and what each may do. */
@NullMarked
package liandong.access;

import org.jspecify.annotations.NullMarked;
