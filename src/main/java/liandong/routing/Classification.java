package liandong.routing;

import liandong.incident.Category;
import liandong.incident.EventType;
import liandong.incident.Member;
import liandong.incident.Severity;
import liandong.incident.Topic;
import liandong.incident.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * What a report is about, as far as the rules know.
 *
 * @param category its category
 * @param topic its topic
 * @param eventType its event type
 * @param by who settled it
 * @param severity how grave; null when not graded
 * @param urgency how soon; null when not graded
 */
public record Classification(
        @Member(label = "类别 Category", meaning = "its category")
        Category category,

        @Member(label = "主题 Topic", meaning = "its topic", trace = true)
        Topic topic,

        @Member(label = "事项 Event type", meaning = "its event type")
        EventType eventType,

        @Member(label = "分类依据 Classified by", meaning = "who settled the event type", trace = true)
        ClassifiedBy by,

        @Member(label = "等级 Severity", meaning = "how grave; absent when not graded") @Nullable
        Severity severity,

        @Member(label = "紧急程度 Urgency", meaning = "how soon; absent when not graded") @Nullable
        Urgency urgency) {}
