/** Commands for operators and auditors: decisions, journal, replay, keys. */
@NullMarked
package liandong.cli.journal;

import org.jspecify.annotations.NullMarked;
