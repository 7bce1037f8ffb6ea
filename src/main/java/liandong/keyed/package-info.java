/** What is asked twice is decided once: requests and events that are known again by a key. */
@NullMarked
package liandong.keyed;

import org.jspecify.annotations.NullMarked;
