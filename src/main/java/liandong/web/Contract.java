package liandong.web;

import liandong.decision.Decisions;
import tools.jackson.databind.JsonNode;

/** The OpenAPI document of this service. */
public final class Contract {
    /** Made when somebody first asks: a service that nobody asks for it starts sooner. */
    private static final class Made {
        private static final JsonNode DOCUMENT = Routes.document(Decisions.all());
    }

    private Contract() {}

    /** The document, which nobody changes. */
    public static JsonNode document() {
        return Made.DOCUMENT;
    }
}
