package liandong.cloudevents;

import tools.jackson.databind.JsonNode;

/**
 * An event that came (CloudEvents 1.0), as far as it is of use here.
 *
 * @param id of the event; with its source nobody else's
 * @param source where it comes from: a URI reference
 * @param data what it says
 */
public record CloudEvent(String id, String source, JsonNode data) {}
