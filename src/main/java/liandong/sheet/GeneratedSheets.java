package liandong.sheet;

import java.util.Set;

/** Sheets that the program itself puts into workbooks, and passes over when it reads a policy. */
public final class GeneratedSheets {
    /** What a check has found (检查结果), in front of an annotated copy. */
    public static final String FINDINGS = "检查结果";

    /** What drop-downs offer (标签), hidden. */
    public static final String LABELS = "标签";

    /** All of them. */
    public static final Set<String> NAMES = Set.of(FINDINGS, LABELS);

    private GeneratedSheets() {}
}
