package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import liandong.access.Caller;
import liandong.access.Role;
import liandong.openapi.Content;
import liandong.wire.BadRequestException;
import tools.jackson.databind.JsonNode;

/**
 * A tool that assistants may use. None changes anything: what is kept, approved or published is not for them.
 *
 * @param name what programs call it
 * @param title what people call it, in both languages
 * @param description what it does, when to use it and what to give it, for whoever has not read the documents
 * @param roles one of which a caller must have
 * @param effort how much work it is, by its arguments
 * @param takes its arguments
 * @param answers what it answers
 */
record McpTool(
        String name,
        String title,
        String description,
        Set<Role> roles,
        Function<JsonNode, Effort> effort,
        Content takes,
        Content answers,
        Work work) {

    /** A tool that is as much work whatever it is given. */
    McpTool(
            String name,
            String title,
            String description,
            Set<Role> roles,
            Effort effort,
            Content takes,
            Content answers,
            Work work) {
        this(name, title, description, roles, arguments -> effort, takes, answers, work);
    }

    /** How much work a tool is, and so whether others wait. */
    enum Effort {
        /** As much as a decision. */
        LIGHT,
        /** Seconds, see {@link HeavyWork#run}. */
        HEAVY,
        /** Up to half a minute on every core, see {@link HeavyWork#runLong}. */
        LONG
    }

    /**
     * A call.
     *
     * @param caller who calls
     * @param locale the language of messages and pages
     * @param arguments what it was given; an object, or what was sent in the place of one
     */
    record Call(Caller caller, Locale locale, JsonNode arguments) {
        static Call of(HttpServletRequest request, JsonNode arguments) {
            return new Call(Callers.of(request), Locales.of(request), arguments);
        }
    }

    /**
     * What is answered.
     *
     * @param page the same as a person reads it; empty without
     * @param json what programs read: a record, as it is written everywhere
     * @param narrower what to ask for instead, should it be too long
     */
    record Answer(String page, Record json, String narrower) {
        Answer(Record json, String narrower) {
            this("", json, narrower);
        }
    }

    /** What is done. */
    @FunctionalInterface
    interface Work {
        Answer done(Call call) throws IOException, BadRequestException;
    }

    /** Whether a caller may use it. */
    boolean isFor(Caller caller) {
        return caller.roles().stream().anyMatch(roles::contains);
    }
}
