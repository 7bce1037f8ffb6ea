package liandong.routing;

import liandong.decision.AnswersFor;
import liandong.decision.Trouble;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Matter;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * What has a lawful way of its own and is not dispatched (告知途径).
 *
 * @param channel who is in charge of that way
 * @param say the words to say to the reporter
 * @param protectInformant whether nothing that names the reporter may go beyond the channel
 * @param ref the row
 */
@AnswersFor(Trouble.OVERRULED)
@Sheet(
        value = "告知途径",
        about = Matter.class,
        since = 3,
        absent = "no report is referred to a lawful way of its own",
        absentChinese = "没有信息告知法定途径")
public record ReferralRow(
        @Column("受理单位 Channel") Body channel,
        @Column("告知用语 Words to say") @Bounds(max = 500) String say,
        @Column("保护举报人 Protect informant") boolean protectInformant,
        @Override RowRef ref)
        implements RoutingRow {}
