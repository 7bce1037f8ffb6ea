package liandong.incident;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person has decided about a report that the rules left open, or decided otherwise (人工研判意见).
 *
 * <p>A fact like any other: it is sent with the report, and rules go by it.
 *
 * @param by the body on whose behalf the person decided, as a rule the command centre
 * @param eventType what the report is about; null when the report says that itself
 * @param lead who takes it; null when the duty catalogue is to say
 * @param assisting who assists that lead; empty for nobody, and when no lead is named
 * @param reason why, 1–200 characters, for whoever asks later
 */
public record Choice(
        @Member(label = "研判单位 Chosen by", meaning = "the body on whose behalf the person decided")
        Body by,

        @Member(
                label = "研判事项 Chosen event type",
                meaning = "what the report is about; absent when the report says that itself")
        @Nullable
        EventType eventType,

        @Member(label = "研判牵头 Chosen lead", meaning = "who takes it; absent when the duty catalogue is to say")
        @Nullable
        Body lead,

        @Member(label = "研判配合 Chosen assisting", meaning = "who assists that lead; empty for nobody")
        List<Body> assisting,

        @Member(label = "研判理由 Chosen because", meaning = "why, for whoever asks later", example = "\"两家都推，路面归城管，先围护\"")
        @Bounds(min = 1, max = 200)
        String reason) {}
