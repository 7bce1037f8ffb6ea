/** Open311 GeoReport v2: forms become requests for a decision, and kept decisions become service requests. */
@NullMarked
package liandong.open311;

import org.jspecify.annotations.NullMarked;
