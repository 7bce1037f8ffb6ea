package liandong.escalation;

import java.util.List;
import liandong.incident.Body;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * Which joint conference takes a matter up, and who sits in it (联席会议).
 *
 * @param conference the conference
 * @param lead who convenes it
 * @param members who else sits in it; empty for nobody
 * @param ref the row
 */
@Sheet(value = "联席会议", about = OpenCase.class)
public record ConferenceRow(
        @Column("联席会议 Conference") Body conference,
        @Column("召集 Convened by") Body lead,
        @Column(value = "成员 Members", optional = true) List<Body> members,
        @Override RowRef ref)
        implements EscalationRow {}
