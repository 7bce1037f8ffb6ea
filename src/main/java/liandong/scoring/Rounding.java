package liandong.scoring;

import java.math.RoundingMode;
import liandong.incident.Term;

/** What becomes of a part of a percentage point, or of a case, when points are taken (尾数). */
public enum Rounding implements Term {
    /** It costs its share. */
    PROPORTIONAL("按比例", RoundingMode.UNNECESSARY),
    /** It costs nothing until it is whole. */
    WHOLE("满一点才扣", RoundingMode.FLOOR),
    /** It costs as much as a whole one. */
    STARTED("不足一点按一点", RoundingMode.CEILING);

    private final String label;
    private final RoundingMode mode;

    Rounding(String label, RoundingMode mode) {
        this.label = label;
        this.mode = mode;
    }

    @Override
    public String code() {
        return name();
    }

    @Override
    public String label() {
        return label;
    }

    RoundingMode mode() {
        return mode;
    }
}
