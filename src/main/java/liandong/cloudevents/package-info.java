/** CloudEvents 1.0: requests that come as events, and answers that leave as such. */
@NullMarked
package liandong.cloudevents;

import org.jspecify.annotations.NullMarked;
