package liandong.closure;

import java.util.List;
import liandong.incident.Term;

/** The one thing that settled the outcome of a closure decision; there is always one. */
public enum ClosureReason implements Term {
    /** All stages are done and all proofs there; the citizen is to be asked. */
    COMPLETE("办理完整"),
    /** The same, and the citizen is not to be asked. */
    NOT_SAMPLED("未抽中回访"),
    /** Stages or proofs are missing. */
    INCOMPLETE("办理不完整"),
    /** Nothing is wrong but that a procedure of the law has not come to its end. */
    PROCEDURE("法定程序未完"),
    /** Nothing is wrong but that stages are open that are not due yet. */
    STAGES_OPEN("尚有阶段在办"),
    /** Something was reported as done that was not, and nobody has done it again since. */
    FRAUD("弄虚作假"),
    /** People were hurt, or came into danger, after all was done, and nobody has decided since what follows. */
    HARM("办结后发生伤亡险情"),
    /** The citizen is satisfied. */
    SATISFIED("群众满意"),
    /** The citizen is dissatisfied with what the body did or left undone. */
    SUBJECTIVE_CAUSE("主观原因不满意"),
    /** The citizen is dissatisfied with what the body cannot change, which is to be explained. */
    OBJECTIVE_CAUSE("客观原因不满意"),
    /** What is asked for cannot be done or is unreasonable, as a person has found and explained. */
    EXCLUDED("剔除"),
    /** The citizen tends to dissatisfaction. */
    TENDENCY("倾向不满意"),
    /** The citizen could not be reached. */
    UNREACHABLE("联系不上"),
    /** It has been redone as often as the policy allows. */
    REDOS_SPENT("重办次数已满"),
    /** The citizen is dissatisfied and nobody has said where the cause lies. */
    CAUSE_UNKNOWN("不满意原因不明"),
    /** A table that had to say something has no row for it. */
    NO_ROW("表中无此情形"),
    /** Several rows that differ apply where one should. */
    TIE("难以区分");

    private final String label;

    ClosureReason(String label) {
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
