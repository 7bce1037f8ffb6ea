package liandong.cli;

import liandong.wire.Json;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The option to be told the rows that nearly applied. */
final class ExplainOption {
    @Option(names = "--explain", description = "Tell the rows that nearly applied, too.")
    private boolean given;

    boolean isGiven() {
        return given;
    }

    /** A request, asking for them if the option is given and the request does not say. */
    JsonNode in(JsonNode request) {
        return in(request, given);
    }

    /** A request, asking for them if it shall and does not say. */
    static JsonNode in(JsonNode request, boolean asking) {
        if (asking && request instanceof ObjectNode object && !object.has("options")) {
            object.set("options", Json.object().put("explain", "full"));
        }
        return request;
    }
}
