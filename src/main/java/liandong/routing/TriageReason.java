package liandong.routing;

import java.util.List;
import liandong.incident.Term;

/** Why a person at the centre has to judge. */
public enum TriageReason implements Term {
    /** The text says too little. */
    LOW_CONFIDENCE("依据不足"),
    /** No row of a table covers the matter. */
    NO_ROW("表中无此情形"),
    /** Two answers are too close to choose between. */
    TIE("难以区分"),
    /** The matter lies outside the district. */
    OUT_OF_AREA("不属本辖区"),
    /** Somebody may be in danger of life; a person has to look at once. */
    POSSIBLE_DANGER("可能有生命危险"),
    /** The text tells of nothing that could be dispatched. */
    NO_MATTER("未反映具体事项");

    private final String label;

    TriageReason(String label) {
        this.label = label;
    }

    @Override
    public String code() {
        return name();
    }

    @Override
    public String label() {
        return label;
    }

    /** What scenarios of release 0.1 call a tie. */
    @Override
    public List<String> aliases() {
        return this == TIE ? List.of("难分高下") : List.of();
    }
}
