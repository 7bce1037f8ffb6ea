package liandong.decision;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a score would be if every appeal were upheld (申诉试算).
 *
 * @param score the points without what is contested
 * @param grade their grade; null when no row says so
 * @param difference by how much they are more; negative when less
 * @param dropped lines that would go
 * @param added lines that would come in their place
 */
public record Appeal(
        BigDecimal score,
        @Nullable Grade grade,
        BigDecimal difference,
        List<ScoreLine> dropped,
        List<ScoreLine> added) {}
