package liandong.scoring;

import liandong.incident.Body;
import liandong.incident.Member;

/**
 * The score of a case, with whose it is, as callers get it.
 *
 * @param body the body
 * @param score the score
 */
record CaseScore(
        @Member(label = "单位 Body", meaning = "the body that is scored", trace = true)
        Body body,

        @Member(meaning = "its score", flattened = true) ScoringDecision score) {}
