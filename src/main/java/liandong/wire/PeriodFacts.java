package liandong.wire;

import java.util.List;
import liandong.incident.Period;

/**
 * What scoring a period is asked about.
 *
 * @param periods one body's period, or those of several bodies to be ranked
 */
public record PeriodFacts(List<Period> periods) {}
