package liandong.scoring;

import liandong.incident.Bounds;
import liandong.incident.Member;

/**
 * So many of so many.
 *
 * @param count how many
 * @param of of how many
 */
public record Share(
        @Member(label = "件数 Count", meaning = "how many") @Bounds(max = 10_000_000)
        int count,

        @Member(label = "基数 Of", meaning = "of how many") @Bounds(max = 10_000_000)
        int of) {}
