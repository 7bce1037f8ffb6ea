package liandong.scoring;

import java.util.List;
import liandong.incident.Member;

/**
 * What scoring a period is asked about.
 *
 * @param periods one body's period, or those of several bodies to be ranked
 */
public record PeriodFacts(
        @Member(label = "各单位 Periods", meaning = "one body's period, or those of several bodies to be ranked")
        List<Period> periods) {}
