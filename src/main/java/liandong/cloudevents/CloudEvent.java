package liandong.cloudevents;

import liandong.problem.Location;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.wire.BadRequestException;
import tools.jackson.databind.JsonNode;

/**
 * An event that came (CloudEvents 1.0), as far as it is of use here.
 *
 * @param id of the event; with its source nobody else's
 * @param source where it comes from: a URI reference
 * @param type what kind of event it is
 * @param data what it says
 * @param binary whether it came in headers and a body, so that its data is the whole body
 * @param idPlace where its id stands
 */
public record CloudEvent(String id, String source, String type, JsonNode data, boolean binary, Location idPlace) {
    private static final RequestPointer DATA = new RequestPointer("/data");

    /** What is wrong with its data, at the places where it was sent. */
    public BadRequestException located(BadRequestException wrong) {
        return binary
                ? wrong
                : new BadRequestException(
                        wrong.isReadable(),
                        wrong.problems().stream().map(CloudEvent::inData).toList());
    }

    private static Problem inData(Problem problem) {
        return problem.at() instanceof RequestPointer pointer
                ? new Problem(problem.code(), new RequestPointer(DATA.pointer() + pointer.pointer()), problem.args())
                : problem;
    }
}
