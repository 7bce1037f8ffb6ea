package liandong.routing;

import java.time.OffsetDateTime;
import liandong.incident.Body;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who answers at once, by what and by when (直办).
 *
 * @param by who answers
 * @param entry the entry of the knowledge base; null when the body that answers looks it up
 * @param due by when; null beyond the calendar
 */
public record DirectAnswer(
        @Member(label = "答复单位 Answered by", meaning = "the body that answers", role = Role.LEAD)
        Body by,

        @Member(
                label = "知识条目 Knowledge entry",
                meaning = "the entry of the knowledge base; absent when the body that answers looks it up",
                example = "\"住房公积金：租房提取\"")
        @Nullable
        String entry,

        @Member(
                label = "答复期限 Answered by when",
                meaning = "when it must be answered at the latest; absent beyond the calendar",
                role = Role.DUE)
        @Nullable
        OffsetDateTime due) {}
