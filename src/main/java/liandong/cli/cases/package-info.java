/** Commands that decide: route, escalate, close, score, explain, evaluate. */
@NullMarked
package liandong.cli.cases;

import org.jspecify.annotations.NullMarked;
