/** Where requests spend their time, for a collector of traces (OpenTelemetry). Nothing of it is loaded unless one is named. */
@NullMarked
package liandong.trace;

import org.jspecify.annotations.NullMarked;
