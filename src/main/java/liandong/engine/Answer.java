package liandong.engine;

import java.util.List;
import liandong.decision.RoutingDecision;
import liandong.decision.Tally;
import liandong.table.NearMiss;
import org.jspecify.annotations.Nullable;

/**
 * A decision and what nearly changed it.
 *
 * @param decision the decision
 * @param tally how the keywords in the text voted; null when no rule asked them
 * @param nearMisses rows that nearly applied; empty unless asked for
 */
public record Answer(RoutingDecision decision, @Nullable Tally tally, List<NearMiss> nearMisses) {}
