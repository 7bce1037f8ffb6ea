package liandong.scoring;

import java.util.List;
import liandong.incident.Member;

/**
 * What scoring a period is asked about.
 *
 * @param periods one body's period, or those of several bodies
 * @param ranking whether bodies of one kind are to be ranked one by one too, not only put into bands
 */
public record PeriodFacts(
        @Member(label = "各单位 Periods", meaning = "one body's period, or those of several bodies")
        List<Period> periods,

        @Member(
                label = "排名 Ranking",
                meaning =
                        "whether bodies of one kind are to be ranked one by one too, not only put into bands; under a policy"
                                + " of an earlier format all are ranked whatever it says")
        boolean ranking) {
    /** Periods of which no ranking is asked. */
    public PeriodFacts(List<Period> periods) {
        this(periods, false);
    }
}
