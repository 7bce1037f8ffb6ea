package liandong.praise;

import java.time.OffsetDateTime;
import liandong.incident.Area;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Member;

/**
 * What a grid worker has done.
 *
 * @param worker the worker's number
 * @param area the grid
 * @param from since when the worker has been at it
 * @param settled matters settled in the grid
 * @param falseReports reports that turned out to be untrue
 * @param savedLife whether a life was saved
 */
public record PraiseFacts(
        @Member(label = "工号 Worker", meaning = "the worker's number", example = "\"W-17\"") @Bounds(min = 1, max = 32)
        String worker,

        @Member(meaning = "the grid") @Column("区域 Area") Area area,

        @Member(label = "起始 From", meaning = "since when the worker has been at it")
        OffsetDateTime from,

        @Member(meaning = "matters settled in the grid") @Column("就地解决 Settled") @Bounds(max = 100_000)
        int settled,

        @Member(meaning = "reports that turned out to be untrue") @Column("不实上报 False reports") @Bounds(max = 100_000)
        int falseReports,

        @Member(meaning = "whether a life was saved") @Column("救人 Saved a life")
        boolean savedLife) {}
