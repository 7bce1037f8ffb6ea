package liandong.web;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
import liandong.wire.Moments;
import liandong.wire.RequestProblems;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The few members that a step or a tool may be given; everything that is wrong with them is told at once. */
final class Members {
    private static final RequestPointer ROOT = new RequestPointer("");

    private final JsonNode json;
    private final RequestProblems problems = new RequestProblems();

    /** @param names those there may be */
    Members(JsonNode json, List<String> names) {
        this.json = json;
        if (!json.isObject()) {
            refuse(Problem.of(Code.WRONG_JSON_TYPE, ROOT, FactReader.quoted(json), "{…}"));
        }
        FactReader.known(json, names, ROOT, problems);
    }

    /** Adds something that is wrong. */
    void refuse(Problem problem) {
        problems.accept(problem);
    }

    private @Nullable JsonNode given(String name) {
        JsonNode node = json.get(name);
        return node == null || node.isNull() ? null : node;
    }

    private void wrong(String name, JsonNode node, String expected) {
        refuse(Problem.of(Code.WRONG_JSON_TYPE, ROOT.member(name), FactReader.quoted(node), expected));
    }

    @Nullable
    String text(String name, boolean required) {
        JsonNode node = given(name);
        if (node == null) {
            if (required) {
                refuse(Problem.of(Code.MISSING_FIELD, ROOT.member(name), name, ""));
            }
            return null;
        }
        if (!node.isString()) {
            wrong(name, node, "\"…\"");
            return null;
        }
        return node.stringValue();
    }

    @Nullable
    Instant moment(String name) {
        String text = text(name, false);
        if (text == null) {
            return null;
        }
        OffsetDateTime moment = Moments.read(text, ROOT.member(name), problems);
        return moment == null ? null : moment.toInstant();
    }

    @Nullable
    Long number(String name) {
        JsonNode node = given(name);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            wrong(name, node, "1");
            return null;
        }
        return node.longValue();
    }

    /** A number within bounds; the usual one when none is given, or a wrong one. */
    long number(String name, long least, long most, long usual) {
        Long number = number(name);
        if (number != null && (number < least || number > most)) {
            refuse(Problem.of(Code.OUT_OF_RANGE, ROOT.member(name), number, least, most));
            return usual;
        }
        return number == null ? usual : number;
    }

    /** An object that must be there; empty when it is not. */
    JsonNode object(String name) {
        JsonNode node = given(name);
        if (node == null) {
            refuse(Problem.of(Code.MISSING_FIELD, ROOT.member(name), name, "{…}"));
        } else if (!node.isObject()) {
            wrong(name, node, "{…}");
        }
        return node == null ? json : node;
    }

    void demandGood() throws BadRequestException {
        if (!problems.none()) {
            throw new BadRequestException(true, problems.errors());
        }
    }
}
