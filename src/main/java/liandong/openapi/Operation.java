package liandong.openapi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import liandong.problem.Code;
import liandong.wire.ProblemJson;

/**
 * What callers must know of an operation: what it takes and what it answers.
 *
 * <p>Built step by step where it is declared, and not changed after that.
 */
public final class Operation {
    /** What most operations are refused with. */
    private static final Content PROBLEM = Content.json("application/problem+json", ProblemJson.class);

    private final String id;
    private final String tag;
    private final String summary;
    private String description = "";
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Content> bodies = new ArrayList<>();
    private boolean bodyRequired;
    private final Map<Integer, Answer> answers = new TreeMap<>();
    private final TreeMap<Integer, SortedSet<Code>> refusals = new TreeMap<>();
    private IntUnaryOperator statuses = IntUnaryOperator.identity();
    private List<Content> refused = List.of(PROBLEM);

    /**
     * What is answered under one status.
     *
     * @param meaning as a phrase
     * @param contents by media type; empty for no body
     * @param headers what they say, by name
     */
    record Answer(String meaning, List<Content> contents, Map<String, String> headers) {}

    /**
     * An operation.
     *
     * @param id what programs that are made from the document call it
     * @param tag the group it stands in
     * @param summary in a line
     */
    public Operation(String id, String tag, String summary) {
        this.id = id;
        this.tag = tag;
        this.summary = summary;
    }

    /** What there is to say besides. */
    public Operation saying(String more) {
        description = more;
        return this;
    }

    /** What there is to say after that. */
    public Operation adding(String more) {
        description = description.isEmpty() ? more : description + " " + more;
        return this;
    }

    /** What it may be given besides a body. */
    public Operation with(Parameter... given) {
        parameters.addAll(List.of(given));
        return this;
    }

    /** The body it must be sent, in one of several media types. */
    public Operation taking(Content... contents) {
        bodies.addAll(List.of(contents));
        bodyRequired = true;
        return this;
    }

    /** The body it may be sent. */
    public Operation mayTake(Content content) {
        bodies.add(content);
        return this;
    }

    /** What it answers. */
    public Operation answering(int status, String meaning, Content... contents) {
        answers.put(status, new Answer(meaning, List.of(contents), new LinkedHashMap<>()));
        return this;
    }

    /** A header of what was said last to be answered under a status. */
    public Operation header(int status, String name, String meaning) {
        Answer answer = answers.get(status);
        if (answer == null) {
            throw new IllegalStateException(id + " has no answer " + status);
        }
        answer.headers().put(name, meaning);
        return this;
    }

    /** What it may be refused for: the codes of first problems. */
    public Operation refusing(int status, Code... codes) {
        refusals.computeIfAbsent(status, each -> new TreeSet<>()).addAll(List.of(codes));
        return this;
    }

    /** Whatever others may be refused for. */
    public Operation refusingAs(List<Operation> others) {
        others.forEach(
                other -> other.refusals.forEach((status, codes) -> refusing(status, codes.toArray(Code[]::new))));
        return this;
    }

    /** Whether it answers under a status. */
    public boolean answers(int status) {
        return answers.containsKey(status);
    }

    /** The names of what may stand behind the question mark of its address, in their order. */
    public List<String> queryNames() {
        return parameters.stream()
                .filter(parameter -> parameter.place().equals("query"))
                .map(Parameter::name)
                .toList();
    }

    /** The names of the parts of the form that it takes; empty when it takes none. */
    public List<String> partNames() {
        return bodies.stream().flatMap(body -> body.parts().stream()).toList();
    }

    /**
     * What it is refused with where another protocol has words of its own for that.
     *
     * @param others the status there of each of ours
     */
    public Operation refusedWith(IntUnaryOperator others, Content... contents) {
        statuses = others;
        refused = List.of(contents);
        return this;
    }

    String id() {
        return id;
    }

    String tag() {
        return tag;
    }

    String summary() {
        return summary;
    }

    String description() {
        return description;
    }

    List<Parameter> parameters() {
        return Collections.unmodifiableList(parameters);
    }

    List<Content> bodies() {
        return Collections.unmodifiableList(bodies);
    }

    boolean isBodyRequired() {
        return bodyRequired;
    }

    Map<Integer, Answer> answers() {
        return Collections.unmodifiableMap(answers);
    }

    Map<Integer, SortedSet<Code>> refusals() {
        var told = new TreeMap<Integer, SortedSet<Code>>();
        refusals.forEach((status, codes) -> told.computeIfAbsent(statuses.applyAsInt(status), each -> new TreeSet<>())
                .addAll(codes));
        return told;
    }

    List<Content> refused() {
        return refused;
    }

    /** Whether it is refused with problems, as most are. */
    boolean isRefusedWithProblems() {
        return refused.equals(List.of(PROBLEM));
    }
}
