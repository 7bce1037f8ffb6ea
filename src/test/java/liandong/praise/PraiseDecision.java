package liandong.praise;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import liandong.engine.Concluded;
import liandong.engine.Evidence;
import liandong.engine.Finding;
import liandong.engine.Reason;
import liandong.incident.Body;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import org.jspecify.annotations.Nullable;

/** Whether a grid worker is praised, how, by whom and by when. */
public record PraiseDecision(
        @Member(label = "结果 Outcome", meaning = "how it ends", role = Role.OUTCOME)
        PraiseOutcome outcome,

        @Member(label = "表扬方式 Praise", meaning = "how the worker is praised; only with PRAISED") @Nullable
        PraiseKind praise,

        @Member(label = "奖金 Bonus", meaning = "the bonus; only with PRAISED", unit = "yuan", example = "500") @Nullable
        BigDecimal bonus,

        @Member(label = "表扬单位 By", meaning = "who praises; only with PRAISED") @Nullable
        Body by,

        @Member(label = "到期 Due", meaning = "when it must be done at the latest", role = Role.DUE) @Nullable
        OffsetDateTime due,

        @Member(label = "表扬行 Row", meaning = "id of the row that says so", role = Role.ROW) @Nullable
        String row,

        List<Reason> because,
        List<String> unconfirmed)
        implements Concluded {

    static PraiseDecision of(Collection<Evidence<Finding>> findings) {
        List<Reason> because = Reason.all(findings);
        List<String> unconfirmed = Reason.unconfirmed(because);
        var praised = Evidence.only(Praised.class, findings);
        if (praised.size() != 1) {
            boolean none = praised.isEmpty()
                    && !Evidence.only(NotPraised.class, findings).isEmpty();
            PraiseOutcome outcome = none ? PraiseOutcome.NOT_PRAISED : PraiseOutcome.UNDECIDED;
            return new PraiseDecision(outcome, null, null, null, null, null, because, unconfirmed);
        }
        PraiseRow.Reward row = praised.get(0).finding().row();
        return new PraiseDecision(
                PraiseOutcome.PRAISED,
                row.kind(),
                row.bonus(),
                row.by(),
                praised.get(0).finding().due(),
                row.ref().id(),
                because,
                unconfirmed);
    }
}
