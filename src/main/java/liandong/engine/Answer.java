package liandong.engine;

import java.util.List;
import liandong.decision.RoutingDecision;
import liandong.table.NearMiss;

/**
 * A decision and what nearly changed it.
 *
 * @param decision the decision
 * @param nearMisses rows that nearly applied; empty unless asked for
 */
public record Answer(RoutingDecision decision, List<NearMiss> nearMisses) {}
