/** Scenarios that testers write in workbooks: cases with what is given and what should come of it, and what they prove of a policy. */
@NullMarked
package liandong.scenario;

import org.jspecify.annotations.NullMarked;
