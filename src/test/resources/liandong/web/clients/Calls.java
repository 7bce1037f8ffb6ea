import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.DecisionsApi;
import org.openapitools.client.model.ClosureRequest;
import org.openapitools.client.model.EscalationRequest;
import org.openapitools.client.model.PeriodScoringRequest;
import org.openapitools.client.model.RoutingRequest;
import org.openapitools.client.model.ScoringRequest;

/** Asks for decisions with the generated client: the route and the request, a line each, from standard input. */
public final class Calls {
    public static void main(String[] address) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(address[0]);
        ObjectMapper json = client.getObjectMapper();
        DecisionsApi decisions = new DecisionsApi(client);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String route = in.readLine(); route != null; route = in.readLine()) {
            String request = in.readLine();
            Object answer = switch (route) {
                case "routing" -> decisions.decideRouting(json.readValue(request, RoutingRequest.class), null);
                case "escalation" -> decisions.decideEscalation(json.readValue(request, EscalationRequest.class), null);
                case "closure" -> decisions.decideClosure(json.readValue(request, ClosureRequest.class), null);
                case "scoring" -> decisions.decideScoring(json.readValue(request, ScoringRequest.class), null);
                default -> decisions.decidePeriodScoring(json.readValue(request, PeriodScoringRequest.class), null);
            };
            System.out.write((json.writeValueAsString(answer) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        System.out.flush();
    }
}
