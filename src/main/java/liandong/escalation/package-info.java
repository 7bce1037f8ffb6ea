/** What the centre has to do about a case in progress, and when to ask again (督办升级): its facts, rows, findings, clock, fold and checks. */
@NullMarked
package liandong.escalation;

import org.jspecify.annotations.NullMarked;
