/** Commands for policy staff: check, format, export, impact, and the life of a policy. */
@NullMarked
package liandong.cli.policy;

import org.jspecify.annotations.NullMarked;
