/** Decisions that are asked for, and answered, by events in Kafka. */
@NullMarked
package liandong.kafka;

import org.jspecify.annotations.NullMarked;
