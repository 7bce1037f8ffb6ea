package liandong.scoring;

import java.math.BigDecimal;
import java.util.List;
import liandong.incident.Member;
import org.jspecify.annotations.Nullable;

/**
 * What a score would be if every appeal were upheld (申诉试算).
 *
 * @param score the points without what is contested
 * @param difference by how much they are more; negative when less
 * @param grade their grade; null when no row says so
 * @param dropped lines that would go
 * @param added lines that would come in their place
 */
public record Appeal(
        @Member(label = "得分 Score", meaning = "the points without what is contested", example = "97.00")
        BigDecimal score,

        @Member(label = "差额 Difference", meaning = "by how much they are more; negative when less", example = "2.00")
        BigDecimal difference,

        @Member(label = "等次 Grade", meaning = "their grade; absent when no row gives one") @Nullable
        Grade grade,

        @Member(meaning = "lines that would go", prefix = "减", trace = true)
        List<ScoreLine> dropped,

        @Member(meaning = "lines that would come in their place", prefix = "加", trace = true)
        List<ScoreLine> added) {}
