package liandong.cli.cases;

import liandong.wire.Json;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The option to be told the rows that nearly applied. */
public final class ExplainOption {
    @Option(names = "--explain", description = "Tell the rows that nearly applied, too.")
    private boolean given;

    public boolean isGiven() {
        return given;
    }

    /** A request, asking for them if the option is given and the request does not say. */
    public JsonNode in(JsonNode request) {
        return in(request, given);
    }

    /** A request, asking for them whatever it says. */
    static JsonNode inFull(JsonNode request) {
        if (!(request instanceof ObjectNode object) || !(object.path("options") instanceof ObjectNode)) {
            return request; // what is wrong with its options is reported where they are read
        }
        ObjectNode asking = object.deepCopy();
        asking.withObject("/options").put("explain", "full");
        return asking;
    }

    /** A request, asking for them if it shall and does not say. */
    static JsonNode in(JsonNode request, boolean asking) {
        if (asking && request instanceof ObjectNode object && !object.has("options")) {
            object.set("options", Json.object().put("explain", "full"));
        }
        return request;
    }
}
