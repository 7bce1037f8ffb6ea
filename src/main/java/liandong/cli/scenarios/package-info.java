/** Commands for testers: test, mutate, suggest, record. */
@NullMarked
package liandong.cli.scenarios;

import org.jspecify.annotations.NullMarked;
