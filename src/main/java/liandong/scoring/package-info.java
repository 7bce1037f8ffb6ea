/** What a case, or a body in a period, scores, every point accounted for (评估考核): its facts, rows, findings and fold. */
@NullMarked
package liandong.scoring;

import org.jspecify.annotations.NullMarked;
